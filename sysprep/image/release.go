package image

import "github.com/reseal/reseal/schema"

func releaseID(r *schema.Release) string {
	if r == nil {
		return ""
	}
	return r.ID
}
