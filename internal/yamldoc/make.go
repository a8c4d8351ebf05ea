package yamldoc

// NewScalar makes a string: Write quotes it where a YAML reader could take it
// for a number, a Boolean, a date or nothing.
func NewScalar(text string) *Node { return &Node{Kind: Scalar, Style: SingleQuoted, Text: text} }

// NewPlain makes a scalar that is meant as what it looks like, such as true or
// 3: Write quotes it only where it would not come back from Parse.
func NewPlain(text string) *Node { return &Node{Kind: Scalar, Style: Plain, Text: text} }

// NewMapping makes a mapping without pairs; Set adds them.
func NewMapping() *Node { return &Node{Kind: Mapping} }

// NewSequence makes a list of items.
func NewSequence(items ...*Node) *Node { return &Node{Kind: Sequence, Items: items} }

// Set gives a key of a mapping a value, in the place of the former one or
// behind the last key, and returns the mapping.
func (n *Node) Set(key string, value *Node) *Node {
	for i, p := range n.Pairs {
		if p.Key.Text == key {
			n.Pairs[i].Value, n.Pairs[i].Merged = value, false
			return n
		}
	}
	n.Add(key, value)
	return n
}

// Add puts a key that the mapping does not have behind the last one. It does not
// look for the key, as Set does at the price of the mapping's length.
func (n *Node) Add(key string, value *Node) {
	n.Pairs = append(n.Pairs, Pair{Key: NewScalar(key), Value: value})
}
