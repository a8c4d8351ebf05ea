package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reseal/reseal"
)

// secretReader resolves {env: X} from the environment and {file: path} from
// files; a relative path starts at the folder of the profile.
func (sh *shell) secretReader(profile string) reseal.SecretReader {
	folder := "."
	if profile != "-" {
		folder = filepath.Dir(profile)
	}
	return func(secret *reseal.Secret) (string, error) {
		if secret.Kind == "env" {
			value, ok := sh.env(secret.Name)
			if !ok {
				return "", fmt.Errorf("the environment variable %s is not set", secret.Name)
			}
			return value, readable(value, "the environment variable "+secret.Name)
		}
		name := secret.Name
		if !filepath.IsAbs(name) {
			name = filepath.Join(folder, name)
		}
		text, err := sh.read(name)
		if err != nil {
			return "", err
		}
		return secretOf(text, shown(name))
	}
}

// secretOf is the value that a file holds. The byte order mark and one line
// end behind the value are dropped, since editors and shells add them.
func secretOf(text []byte, name string) (string, error) {
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		return "", fmt.Errorf("%s is UTF-16; save it as UTF-8", name)
	}
	value := string(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")))
	value = strings.TrimSuffix(strings.TrimSuffix(value, "\n"), "\r")
	return value, readable(value, name)
}

// readable refuses what nobody means as a secret. In hidden form it would be
// written without a word, and an account would have a password that nobody
// can type, or none.
func readable(value, source string) error {
	switch {
	case value == "":
		return fmt.Errorf("%s is empty", source)
	case !utf8.ValidString(value):
		return fmt.Errorf("%s is not UTF-8", source)
	case strings.ContainsFunc(value, func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\t\r\n", r) }):
		return fmt.Errorf("%s holds a control character", source)
	}
	return nil
}
