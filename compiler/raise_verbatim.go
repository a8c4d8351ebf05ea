package compiler

import (
	"strconv"

	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema/answer"
)

// raiseVerbatim lists what no other section could say.
func raiseVerbatim(r *raising) {
	r.instructions(inProlog, r.file.Prolog)
	r.instructions(inEpilog, r.file.Epilog)
	if len(r.pieces) > 0 {
		r.set("verbatim", yamldoc.NewSequence(r.pieces...))
	}
}

// instructions adds the processing instructions around the root.
func (r *raising) instructions(in string, extra []answer.Extra) {
	for _, e := range extra {
		if e.Kind == answer.Instruction {
			e.Index = 0
			r.entry(in, &piece{last: true, reason: Instruction, span: e.Span, fragment: xmldoc.Fragment{Extra: []answer.Extra{e}}})
		}
	}
}

// entries adds the pieces of one place, in the order in which they go there.
func (r *raising) entries(in string, pieces []*piece) {
	for _, p := range pieces {
		r.entry(in, p)
	}
}

func (r *raising) entry(in string, p *piece) {
	n := yamldoc.NewMapping().Set("in", yamldoc.NewScalar(in))
	if !p.last {
		n.Set("index", yamldoc.NewPlain(strconv.Itoa(p.index)))
	}
	n.Set("xml", yamldoc.NewScalar(escape(r.xml(&p.fragment, p.reason))))
	n.Comment.Head = p.comments
	r.pieces = append(r.pieces, n)
	r.report = append(r.report, Verbatim{In: in, Reason: p.reason, Span: p.span})
}
