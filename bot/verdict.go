package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"zoufang/dialog"
)

// verdict is what became of a letter.
type verdict int

const (
	done         verdict = iota // delivered, or undeliverable for ever
	vanished                    // taken out of the outbox by others
	refused                     // Telegram does not deliver to the chat
	moved                       // the group has a new number
	limited                     // Telegram asks to wait
	failed                      // to be tried again
	unauthorized                // the token is no good any more
)

// result is what the one who delivered a letter has to tell.
type result struct {
	track   track // of the lane
	letter  dialog.LetterID
	verdict verdict
	receipt dialog.Receipt
	step    int
	newChat dialog.ChatID
	no      *apiError // limited
	lost    bool      // failed on the way
	err     error     // failed
}

// judge decides what follows from how a delivery ended.
func (s *sender) judge(ctx context.Context, l dialog.Letter, r result, err error) result {
	if err == nil {
		return r // done is the zero verdict
	}
	r.err = err
	no, ok := errors.AsType[*apiError](err)
	if !ok {
		if errors.Is(err, errUnfit) {
			return s.drop(ctx, l, r, err)
		}
		_, r.lost = errors.AsType[*wayError](err)
		r.verdict = failed
		return r
	}
	switch {
	case errors.Is(err, ErrUnauthorized):
		r.verdict = unauthorized
	case no.code == http.StatusTooManyRequests:
		r.verdict, r.no = limited, no
	case no.newChat != 0:
		return s.tell(ctx, l, r, moved, dialog.Input{Kind: dialog.Moved, Cause: fmt.Sprintf("v:%d", l.ID), NewChat: no.newChat})
	case l.Kind == dialog.Leave && (no.code == http.StatusForbidden || no.code == http.StatusBadRequest):
		return r // out of the group already
	case no.code == http.StatusForbidden || unreachable(no):
		return s.tell(ctx, l, r, refused, dialog.Input{Kind: dialog.Refused, Cause: fmt.Sprintf("r:%d", l.ID)})
	case no.code >= http.StatusInternalServerError:
		r.verdict = failed
	default:
		return s.drop(ctx, l, r, err)
	}
	return r
}

// tell reports a fact about a chat; the verdict holds only once it is saved.
func (s *sender) tell(ctx context.Context, l dialog.Letter, r result, v verdict, in dialog.Input) result {
	in.Chat, in.ChatKind, in.Reached = l.Chat, dialog.PrivateChat, s.bot.now()
	if l.Chat < 0 {
		in.ChatKind = dialog.GroupChat
	}
	if err := s.report(ctx, in); err != nil {
		r.verdict, r.err = failed, fmt.Errorf("report %s: %w", in.Kind, err)
		return r
	}
	s.bot.Wake() // what follows from it may have to be said
	r.verdict, r.newChat = v, in.NewChat
	return r
}

// drop gives a letter up. A person must look at it: it is a fault of ours.
func (s *sender) drop(ctx context.Context, l dialog.Letter, r result, err error) result {
	s.bot.log.ErrorContext(ctx, "a letter is dropped", "letter", l.ID, "kind", l.Kind, "chat", l.Chat, "err", err)
	r.verdict, r.receipt = done, dialog.Receipt{Letter: l.ID}
	return r
}

// unreachable reports whether a 400 means that nothing gets to the chat.
func unreachable(no *apiError) bool {
	return no.code == http.StatusBadRequest && no.says("chat not found", "deactivated", "peer_id_invalid",
		"user not found", "have no rights to send", "not enough rights to send", "chat_write_forbidden")
}

// isBad reports whether Telegram refused a call for what it says.
func isBad(err error) (*apiError, bool) {
	no, ok := errors.AsType[*apiError](err)
	return no, ok && no.code == http.StatusBadRequest && no.newChat == 0 && !unreachable(no)
}

// gone reports whether a message can never be edited.
func gone(no *apiError) bool {
	return no.says("message to edit not found", "can't be edited", "message_id_invalid", "message identifier")
}
