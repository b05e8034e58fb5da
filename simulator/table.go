package simulator

// The tables below are the Bot API as far as this server plays it. A line that
// begins at the margin names a method or a type; the indented lines under it
// hold its fields, parted by semicolons:
//
//	name[!] Type[|Type…] [{limits}] [(allowed values)]
//
// An exclamation mark means required. Limits are "{1-64 bytes}" or "chars" for
// lengths ("parsed": after entity parsing), "{2-10 items}" for arrays,
// "{10 MB}" for files and "{1-100}" for numbers. A type that is used but has no
// entry of its own is accepted as an object with any content.

// methodTable lists the methods with behaviour.
const methodTable = `
getMe
getUpdates
	offset Integer; limit Integer {1-100}; timeout Integer; allowed_updates []String
deleteWebhook
	drop_pending_updates Boolean
setWebhook
	url! String; certificate InputFile; ip_address String; max_connections Integer {1-100};
	allowed_updates []String; drop_pending_updates Boolean; secret_token String {1-256 chars}
getWebhookInfo
sendMessage
	business_connection_id String; chat_id! Integer|String; message_thread_id Integer;
	direct_messages_topic_id Integer; ephemeral_message_parameters EphemeralMessageParameters;
	text! String {1-4096 chars parsed}; parse_mode String (HTML MarkdownV2 Markdown);
	entities []MessageEntity; link_preview_options LinkPreviewOptions; disable_notification Boolean;
	protect_content Boolean; allow_paid_broadcast Boolean; message_effect_id String;
	suggested_post_parameters SuggestedPostParameters; reply_parameters ReplyParameters;
	reply_markup InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply
sendPhoto
	business_connection_id String; chat_id! Integer|String; message_thread_id Integer;
	direct_messages_topic_id Integer; ephemeral_message_parameters EphemeralMessageParameters;
	photo! InputFile|String {10 MB}; caption String {0-1024 chars parsed};
	parse_mode String (HTML MarkdownV2 Markdown); caption_entities []MessageEntity;
	show_caption_above_media Boolean; has_spoiler Boolean; disable_notification Boolean;
	protect_content Boolean; allow_paid_broadcast Boolean; message_effect_id String;
	suggested_post_parameters SuggestedPostParameters; reply_parameters ReplyParameters;
	reply_markup InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply
sendDocument
	business_connection_id String; chat_id! Integer|String; message_thread_id Integer;
	direct_messages_topic_id Integer; ephemeral_message_parameters EphemeralMessageParameters;
	document! InputFile|String; thumbnail InputFile|String; caption String {0-1024 chars parsed};
	parse_mode String (HTML MarkdownV2 Markdown); caption_entities []MessageEntity;
	disable_content_type_detection Boolean; disable_notification Boolean; protect_content Boolean;
	allow_paid_broadcast Boolean; message_effect_id String;
	suggested_post_parameters SuggestedPostParameters; reply_parameters ReplyParameters;
	reply_markup InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply
sendVoice
	business_connection_id String; chat_id! Integer|String; message_thread_id Integer;
	direct_messages_topic_id Integer; ephemeral_message_parameters EphemeralMessageParameters;
	voice! InputFile|String; caption String {0-1024 chars parsed};
	parse_mode String (HTML MarkdownV2 Markdown); caption_entities []MessageEntity; duration Integer;
	disable_notification Boolean; protect_content Boolean; allow_paid_broadcast Boolean;
	message_effect_id String; suggested_post_parameters SuggestedPostParameters;
	reply_parameters ReplyParameters;
	reply_markup InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply
sendMediaGroup
	business_connection_id String; chat_id! Integer|String; message_thread_id Integer;
	direct_messages_topic_id Integer;
	media! []InputMediaAudio|[]InputMediaDocument|[]InputMediaLivePhoto|[]InputMediaPhoto|[]InputMediaVideo {2-10 items};
	disable_notification Boolean; protect_content Boolean; allow_paid_broadcast Boolean;
	message_effect_id String; reply_parameters ReplyParameters
copyMessage
	chat_id! Integer|String; message_thread_id Integer; direct_messages_topic_id Integer;
	from_chat_id! Integer|String; message_id! Integer; video_start_timestamp Integer;
	caption String {0-1024 chars parsed}; parse_mode String (HTML MarkdownV2 Markdown);
	caption_entities []MessageEntity; show_caption_above_media Boolean; disable_notification Boolean;
	protect_content Boolean; allow_paid_broadcast Boolean; message_effect_id String;
	suggested_post_parameters SuggestedPostParameters; reply_parameters ReplyParameters;
	reply_markup InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply
forwardMessage
	chat_id! Integer|String; message_thread_id Integer; direct_messages_topic_id Integer;
	from_chat_id! Integer|String; video_start_timestamp Integer; disable_notification Boolean;
	protect_content Boolean; message_effect_id String; suggested_post_parameters SuggestedPostParameters;
	message_id! Integer
editMessageText
	business_connection_id String; chat_id Integer|String; message_id Integer; inline_message_id String;
	text String {1-4096 chars}; parse_mode String (HTML MarkdownV2 Markdown); entities []MessageEntity;
	link_preview_options LinkPreviewOptions; rich_message InputRichMessage;
	reply_markup InlineKeyboardMarkup
editMessageCaption
	business_connection_id String; chat_id Integer|String; message_id Integer; inline_message_id String;
	caption String {0-1024 chars parsed}; parse_mode String (HTML MarkdownV2 Markdown);
	caption_entities []MessageEntity; show_caption_above_media Boolean; reply_markup InlineKeyboardMarkup
editMessageReplyMarkup
	business_connection_id String; chat_id Integer|String; message_id Integer; inline_message_id String;
	reply_markup InlineKeyboardMarkup
editMessageMedia
	business_connection_id String; chat_id Integer|String; message_id Integer; inline_message_id String;
	media! InputMedia; reply_markup InlineKeyboardMarkup
deleteMessage
	chat_id! Integer|String; message_id! Integer
deleteMessages
	chat_id! Integer|String; message_ids! []Integer {1-100 items}
answerCallbackQuery
	callback_query_id! String; text String {0-200 chars}; show_alert Boolean; url String;
	cache_time Integer
setMessageReaction
	chat_id! Integer|String; message_id! Integer; reaction []ReactionType; is_big Boolean
sendChatAction
	business_connection_id String; chat_id! Integer|String; message_thread_id Integer;
	action! String (typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker find_location record_video_note upload_video_note)
setMyCommands
	commands! []BotCommand; scope BotCommandScope; language_code String
getMyCommands
	scope BotCommandScope; language_code String
deleteMyCommands
	scope BotCommandScope; language_code String
setMyDescription
	description String {0-512 chars}; language_code String
setMyShortDescription
	short_description String {0-120 chars}; language_code String
getMyDescription
	language_code String
getMyShortDescription
	language_code String
setMyName
	name String {0-64 chars}; language_code String
setChatMenuButton
	chat_id Integer; menu_button MenuButton
getFile
	file_id! String
getChat
	chat_id! Integer|String
leaveChat
	chat_id! Integer|String
pinChatMessage
	business_connection_id String; chat_id! Integer|String; message_id! Integer;
	disable_notification Boolean
logOut
close
`

// typeTable lists the objects whose fields are checked.
const typeTable = `
MessageEntity
	type! String (mention hashtag cashtag bot_command url email phone_number bold italic underline strikethrough spoiler blockquote expandable_blockquote code pre text_link text_mention custom_emoji date_time);
	offset! Integer; length! Integer; url String; user User; language String; custom_emoji_id String;
	unix_time Integer; date_time_format String
User
	id! Integer; is_bot! Boolean; first_name! String; last_name String; username String;
	language_code String; is_premium Boolean; added_to_attachment_menu Boolean; can_join_groups Boolean;
	can_read_all_group_messages Boolean; supports_guest_queries Boolean; supports_inline_queries Boolean;
	can_connect_to_business Boolean; has_main_web_app Boolean; has_topics_enabled Boolean;
	allows_users_to_create_topics Boolean; can_manage_bots Boolean; supports_join_request_queries Boolean
LinkPreviewOptions
	is_disabled Boolean; url String; prefer_small_media Boolean; prefer_large_media Boolean;
	show_above_text Boolean
ReplyParameters
	message_id Integer; chat_id Integer|String; ephemeral_message_id Integer;
	allow_sending_without_reply Boolean; quote String {0-1024 chars parsed};
	quote_parse_mode String (HTML MarkdownV2 Markdown); quote_entities []MessageEntity;
	quote_position Integer; checklist_task_id Integer; poll_option_id String
InlineKeyboardMarkup
	inline_keyboard! [][]InlineKeyboardButton; force_reply Boolean
InlineKeyboardButton
	text! String; icon_custom_emoji_id String; style String (danger success primary); url String;
	callback_data String {1-64 bytes}; web_app WebAppInfo; login_url LoginUrl; switch_inline_query String;
	switch_inline_query_current_chat String; switch_inline_query_chosen_chat SwitchInlineQueryChosenChat;
	copy_text CopyTextButton; callback_game CallbackGame; pay Boolean; disabled DisabledButton
WebAppInfo
	url! String
LoginUrl
	url! String; forward_text String; bot_username String; request_write_access Boolean
SwitchInlineQueryChosenChat
	query String; allow_user_chats Boolean; allow_bot_chats Boolean; allow_group_chats Boolean;
	allow_channel_chats Boolean
CopyTextButton
	text! String {1-256 chars}
CallbackGame
DisabledButton
ReplyKeyboardMarkup
	keyboard! [][]KeyboardButton; is_persistent Boolean; resize_keyboard Boolean; one_time_keyboard Boolean;
	input_field_placeholder String {1-64 chars}; selective Boolean; force_reply Boolean
KeyboardButton
	text! String; icon_custom_emoji_id String; style String (danger success primary);
	request_users KeyboardButtonRequestUsers; request_chat KeyboardButtonRequestChat;
	request_managed_bot KeyboardButtonRequestManagedBot; request_contact Boolean; request_location Boolean;
	request_poll KeyboardButtonPollType; web_app WebAppInfo
KeyboardButtonPollType
	type String
ReplyKeyboardRemove
	remove_keyboard! Boolean; selective Boolean
ForceReply
	force_reply! Boolean; input_field_placeholder String {1-64 chars}; selective Boolean
InputMedia = InputMediaAnimation | InputMediaAudio | InputMediaDocument | InputMediaLivePhoto | InputMediaPhoto | InputMediaVideo
InputMediaAnimation
	type! String (animation); media! InputFile|String; thumbnail InputFile|String;
	caption String {0-1024 chars parsed}; parse_mode String (HTML MarkdownV2 Markdown);
	caption_entities []MessageEntity; show_caption_above_media Boolean; width Integer; height Integer;
	duration Integer; has_spoiler Boolean
InputMediaAudio
	type! String (audio); media! InputFile|String; thumbnail InputFile|String;
	caption String {0-1024 chars parsed}; parse_mode String (HTML MarkdownV2 Markdown);
	caption_entities []MessageEntity; duration Integer; performer String; title String
InputMediaDocument
	type! String (document); media! InputFile|String; thumbnail InputFile|String;
	caption String {0-1024 chars parsed}; parse_mode String (HTML MarkdownV2 Markdown);
	caption_entities []MessageEntity; disable_content_type_detection Boolean
InputMediaLivePhoto
	type! String (live_photo); media! InputFile|String; photo! InputFile|String;
	caption String {0-1024 chars parsed}; parse_mode String (HTML MarkdownV2 Markdown);
	caption_entities []MessageEntity; show_caption_above_media Boolean; has_spoiler Boolean
InputMediaPhoto
	type! String (photo); media! InputFile|String; caption String {0-1024 chars parsed};
	parse_mode String (HTML MarkdownV2 Markdown); caption_entities []MessageEntity;
	show_caption_above_media Boolean; has_spoiler Boolean
InputMediaVideo
	type! String (video); media! InputFile|String; thumbnail InputFile|String; cover InputFile|String;
	start_timestamp Integer; caption String {0-1024 chars parsed};
	parse_mode String (HTML MarkdownV2 Markdown); caption_entities []MessageEntity;
	show_caption_above_media Boolean; width Integer; height Integer; duration Integer;
	supports_streaming Boolean; has_spoiler Boolean
BotCommand
	command! String {1-32 chars}; description! String {1-256 chars}; is_ephemeral Boolean
BotCommandScope = BotCommandScopeDefault | BotCommandScopeAllPrivateChats | BotCommandScopeAllGroupChats | BotCommandScopeAllChatAdministrators | BotCommandScopeChat | BotCommandScopeChatAdministrators | BotCommandScopeChatMember
BotCommandScopeDefault
	type! String (default)
BotCommandScopeAllPrivateChats
	type! String (all_private_chats)
BotCommandScopeAllGroupChats
	type! String (all_group_chats)
BotCommandScopeAllChatAdministrators
	type! String (all_chat_administrators)
BotCommandScopeChat
	type! String (chat); chat_id! Integer|String
BotCommandScopeChatAdministrators
	type! String (chat_administrators); chat_id! Integer|String
BotCommandScopeChatMember
	type! String (chat_member); chat_id! Integer|String; user_id! Integer
ReactionType = ReactionTypeEmoji | ReactionTypeCustomEmoji | ReactionTypePaid
ReactionTypeEmoji
	type! String (emoji); emoji! String
ReactionTypeCustomEmoji
	type! String (custom_emoji); custom_emoji_id! String
ReactionTypePaid
	type! String (paid)
MenuButton = MenuButtonCommands | MenuButtonWebApp | MenuButtonDefault
MenuButtonCommands
	type! String (commands)
MenuButtonWebApp
	type! String (web_app); text! String; web_app! WebAppInfo
MenuButtonDefault
	type! String (default)
`

// otherMethods are known to the Bot API and not played here.
const otherMethods = `
forwardMessages copyMessages sendLivePhoto sendAudio sendVideo sendAnimation sendVideoNote
sendPaidMedia sendLocation sendVenue sendContact sendPoll sendChecklist sendDice sendMessageDraft
getUserProfilePhotos getUserProfileAudios setUserEmojiStatus banChatMember unbanChatMember
restrictChatMember promoteChatMember setChatAdministratorCustomTitle setChatMemberTag
banChatSenderChat unbanChatSenderChat setChatPermissions exportChatInviteLink createChatInviteLink
editChatInviteLink createChatSubscriptionInviteLink editChatSubscriptionInviteLink
revokeChatInviteLink approveChatJoinRequest declineChatJoinRequest answerChatJoinRequestQuery
sendChatJoinRequestWebApp setChatPhoto deleteChatPhoto setChatTitle setChatDescription
unpinChatMessage unpinAllChatMessages getChatAdministrators getChatMemberCount getChatMember
getUserPersonalChatMessages setChatStickerSet deleteChatStickerSet getForumTopicIconStickers
createForumTopic editForumTopic closeForumTopic reopenForumTopic deleteForumTopic
unpinAllForumTopicMessages editGeneralForumTopic closeGeneralForumTopic reopenGeneralForumTopic
hideGeneralForumTopic unhideGeneralForumTopic unpinAllGeneralForumTopicMessages answerGuestQuery
getUserChatBoosts getBusinessConnection getManagedBotToken replaceManagedBotToken
getManagedBotAccessSettings setManagedBotAccessSettings getMyName
setMyProfilePhoto removeMyProfilePhoto getChatMenuButton
setMyDefaultAdministratorRights getMyDefaultAdministratorRights getAvailableGifts sendGift
giftPremiumSubscription verifyUser verifyChat removeUserVerification removeChatVerification
readBusinessMessage deleteBusinessMessages setBusinessAccountName setBusinessAccountUsername
setBusinessAccountBio setBusinessAccountProfilePhoto removeBusinessAccountProfilePhoto
setBusinessAccountGiftSettings getBusinessAccountStarBalance transferBusinessAccountStars
getBusinessAccountGifts getUserGifts getChatGifts convertGiftToStars upgradeGift transferGift
postStory repostStory editStory deleteStory answerWebAppQuery savePreparedInlineMessage
savePreparedKeyboardButton editMessageLiveLocation stopMessageLiveLocation editMessageChecklist
stopPoll editEphemeralMessageText editEphemeralMessageMedia editEphemeralMessageCaption
editEphemeralMessageReplyMarkup approveSuggestedPost declineSuggestedPost deleteEphemeralMessage
deleteMessageReaction deleteAllMessageReactions sendSticker getStickerSet getCustomEmojiStickers
uploadStickerFile createNewStickerSet addStickerToSet setStickerPositionInSet deleteStickerFromSet
replaceStickerInSet setStickerEmojiList setStickerKeywords setStickerMaskPosition setStickerSetTitle
setStickerSetThumbnail setCustomEmojiStickerSetThumbnail deleteStickerSet sendRichMessage
sendRichMessageDraft answerInlineQuery sendInvoice createInvoiceLink answerShippingQuery
answerPreCheckoutQuery getMyStarBalance getStarTransactions refundStarPayment
editUserStarSubscription setPassportDataErrors sendGame setGameScore getGameHighScores
`

// updateKinds are the values of allowed_updates.
const updateKinds = `
message edited_message channel_post edited_channel_post business_connection business_message
edited_business_message deleted_business_messages guest_message message_reaction
message_reaction_count inline_query chosen_inline_result callback_query shipping_query
pre_checkout_query purchased_paid_media poll poll_answer my_chat_member chat_member
chat_join_request chat_boost removed_chat_boost managed_bot subscription stopped_message_generation
`

// reactionEmoji are the emoji a reaction may have.
const reactionEmoji = `
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳
❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈
😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀
😡
`
