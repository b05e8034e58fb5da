package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"fmt"
)

// The file's key (from [Options]) wraps two random ones, which lie in the file:
// the data key seals values, the index key hashes what may not stand in a key
// of the engine. So the file's key can be changed without sealing everything
// again.

const (
	keySize = 32

	sealVersion = 1 // first byte of every sealed value and of the header
	dataKeyID   = 1 // which data key sealed it
	sealHead    = 2 // bytes before the nonce: version, key id
	idSize      = 16
	hashSize    = 16
	sumSize     = 8
	wrapInfo    = "zoufang store keys 1"
)

// sealer seals and opens values and hashes what goes into keys. It is safe for
// concurrent use.
type sealer struct {
	id       []byte // of the store
	data     cipher.AEAD
	indexKey []byte
}

// newHeader draws fresh keys and returns the header that holds them, wrapped.
//
//	version ‖ store id ‖ key id ‖ nonce, two keys, tag ‖ checksum
func newHeader(key []byte) ([]byte, error) {
	fresh := make([]byte, idSize+2*keySize)
	// rand.Read never returns an error: without randomness the program ends.
	_, _ = rand.Read(fresh)
	head := append([]byte{sealVersion}, fresh[:idSize]...)
	head = append(head, dataKeyID)
	wrap, err := wrapper(key, fresh[:idSize])
	if err != nil {
		return nil, err
	}
	head = wrap.Seal(head, nil, fresh[idSize:], head)
	sum := sha256.Sum256(head)
	return append(head, sum[:sumSize]...), nil
}

// readHeader unwraps the keys. The checksum tells a damaged header from a
// wrong key.
func readHeader(header, key []byte) (*sealer, error) {
	const head = 1 + idSize + 1
	if len(header) < head+sumSize {
		return nil, fmt.Errorf("no header: %w", ErrBroken)
	}
	body, sum := header[:len(header)-sumSize], header[len(header)-sumSize:]
	if want := sha256.Sum256(body); subtle.ConstantTimeCompare(want[:sumSize], sum) != 1 {
		return nil, fmt.Errorf("read header: %w", ErrBroken)
	}
	if body[0] != sealVersion || body[head-1] != dataKeyID {
		return nil, ErrNewer
	}
	id := append([]byte(nil), body[1:1+idSize]...)
	wrap, err := wrapper(key, id)
	if err != nil {
		return nil, err
	}
	keys, err := wrap.Open(nil, nil, body[head:], body[:head])
	if err != nil || len(keys) != 2*keySize {
		return nil, ErrKey
	}
	data, err := gcm(keys[:keySize])
	if err != nil {
		return nil, err
	}
	return &sealer{id: id, data: data, indexKey: keys[keySize:]}, nil
}

func wrapper(key, storeID []byte) (cipher.AEAD, error) {
	k, err := hkdf.Key(sha256.New, key, storeID, wrapInfo, keySize)
	if err != nil {
		return nil, fmt.Errorf("derive key: %w", err)
	}
	return gcm(k)
}

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// seal returns version ‖ key id ‖ nonce ‖ ciphertext ‖ tag, bound to the store,
// the bucket and the key.
func (s *sealer) seal(bucket string, key, value []byte) []byte {
	out := make([]byte, sealHead, sealHead+s.data.Overhead()+len(value))
	out[0], out[1] = sealVersion, dataKeyID
	return s.data.Seal(out, nil, value, s.place(bucket, key))
}

func (s *sealer) open(bucket string, key, sealed []byte) ([]byte, error) {
	if len(sealed) < sealHead || sealed[0] != sealVersion || sealed[1] != dataKeyID {
		return nil, fmt.Errorf("value in %s: %w", bucket, ErrBroken)
	}
	value, err := s.data.Open(nil, nil, sealed[sealHead:], s.place(bucket, key))
	if err != nil {
		return nil, fmt.Errorf("value in %s: %w", bucket, ErrBroken)
	}
	return value, nil
}

// place is what a value is bound to.
func (s *sealer) place(bucket string, key []byte) []byte {
	p := make([]byte, 0, sealHead+idSize+len(bucket)+1+len(key))
	p = append(p, sealVersion, dataKeyID)
	p = append(p, s.id...)
	p = append(p, bucket...)
	p = append(p, 0)
	return append(p, key...)
}

// hash stands for a value in a key: it can be looked up, but not read.
func (s *sealer) hash(field, value string) []byte {
	h := hmac.New(sha256.New, s.indexKey)
	// A hash never returns an error.
	_, _ = h.Write(binary.BigEndian.AppendUint16(nil, uint16(len(field))))
	_, _ = h.Write([]byte(field))
	_, _ = h.Write([]byte(value))
	return h.Sum(nil)[:hashSize]
}
