package compiler

// ref points to a definition.
func ref(name string) map[string]any { return map[string]any{"$ref": refPrefix + name} }

// plainTypes are the types that an editor may see behind a scalar: the
// compiler takes the text as typed, whatever YAML makes of it.
func plainTypes() []string { return []string{"string", "number", "boolean", "null"} }

// sharedDefinitions are the parts that occur at many places of a profile.
func sharedDefinitions() map[string]any {
	return map[string]any{
		"secret":          secretDefinition(),
		"text":            textDefinition(),
		"value":           wrappedDefinition("Secret, or a value with attributes", settingKeys()),
		"itemValue":       wrappedDefinition("Secret, or an item with attributes", itemKeys()),
		"attributes":      attributesDefinition(),
		"omitOfComponent": omitDefinition("component", componentLevel.omissions),
		"omitOfItem":      omitDefinition("list item", itemLevel.omissions),
		"action":          actionDefinition(),
		"key":             keyDefinition(),
	}
}

func titled(title, description string, rest map[string]any) map[string]any {
	rest["title"], rest["description"] = title, description
	return rest
}

func secretDefinition() map[string]any {
	source := func(title, description string) map[string]any {
		return titled(title, description, map[string]any{"type": "string", "minLength": 1})
	}
	return titled("Secret from outside of the profile",
		"Names where the value comes from, so that the profile itself holds no secret. It is read only where the answer file is "+
			"really written: by compile and by the real engine. Everything else shows a placeholder.",
		map[string]any{
			"type": "object",
			"properties": map[string]any{
				"env":  source("Environment variable", "Name of the environment variable that holds the value when the profile is compiled."),
				"file": source("File with the value", "Path of a file whose content is the value; relative paths start at the profile's folder."),
			},
			"minProperties":        1,
			"maxProperties":        1,
			"additionalProperties": false,
		})
}

func textDefinition() map[string]any {
	return titled("Text or a secret",
		"The text as typed is the value: 0123, no and 08:00 keep their spelling. A mapping with env or file reads the value from outside.",
		map[string]any{"anyOf": []any{map[string]any{"type": plainTypes()}, ref("secret")}})
}

// wrappedDefinition is a value that is no plain text: a secret, a value with
// attributes beside it, or an empty mapping or list for an empty element.
func wrappedDefinition(title string, keys map[string]any) map[string]any {
	carrier := map[string]any{"type": []string{"object", "array"}, "maxItems": 0, "properties": keys, "additionalProperties": false}
	return titled(title,
		"Instead of plain text: {env: NAME} or {file: PATH} for a secret, {$text: value, $attr: {name: value}} for an element with attributes.",
		map[string]any{"anyOf": []any{ref("secret"), carrier}})
}

func attributesDefinition() map[string]any {
	return titled("XML attributes",
		"Attributes of the element in the answer file, name to value. The prefixes wcm, xsi and xml are known.",
		map[string]any{"type": []string{"object", "null"}, "additionalProperties": map[string]any{"type": plainTypes()}})
}

func omitDefinition(what string, parts []string) map[string]any {
	part := map[string]any{"enum": parts}
	return titled("Implied parts to leave out",
		"Parts that the compiler adds to every "+what+" by itself and that this one is to lack.",
		map[string]any{"anyOf": []any{map[string]any{"type": "array", "items": part}, part}})
}

func actionDefinition() map[string]any {
	return titled("wcm:action",
		"What Windows does with the item: add (implied), modify or remove.",
		map[string]any{"type": "string", "examples": []string{"add", "modify", "remove"}})
}

func keyDefinition() map[string]any {
	return titled("wcm:keyValue",
		"Key that identifies the item in its list. Without one the item takes the smallest free number.",
		map[string]any{"type": plainTypes()})
}

// settingKeys are the keys with "$" that any setting may have beside its
// children, itemKeys those of an entry of a list.
func settingKeys() map[string]any {
	return map[string]any{
		attrKey: ref("attributes"), textKey: ref("text"), actionKey: ref("action"), keyKey: ref("key"),
	}
}

func itemKeys() map[string]any {
	keys := settingKeys()
	keys[omitKey] = ref("omitOfItem")
	return keys
}
