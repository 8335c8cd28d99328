/// The JSON Schemas (draft 2020-12) of the files of the language, written from the descriptions by
/// which files are read: an editor that knows YAML and JSON Schema completes keys, explains them and
/// marks those that are none.
///
/// A schema says less than `ecluse check`: it knows no columns, concepts or expressions. What it
/// refuses, `ecluse check` refuses too, but for numbers and words that YAML reads as such and a
/// person meant as texts.
package enum LanguageSchema {
  /// A file that has a schema.
  package enum File: String, Sendable, CaseIterable {
    case project, pipeline

    var section: LanguageSection { self == .project ? .project : .pipeline }
  }

  /// The schema of a file, as JSON with a line end.
  package static func json(of file: File) -> String {
    let root = file.section
    let definitions = sections(of: root).map { section in
      (key: name(of: section), value: schema(of: section))
    }
    let document = SchemaValue.object([
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
      ("title", .text("Écluse \(root.name) file, language 1")),
      ("description", .text(root.summary)),
      ("$ref", reference(to: root)),
      ("$defs", .object(definitions)),
    ])
    return document.json() + "\n"
  }

  /// A section and all that may stand inside it, each once.
  private static func sections(of root: LanguageSection) -> [LanguageSection] {
    var sections: [LanguageSection] = []
    var names: Set<String> = []
    func visit(_ section: LanguageSection) {
      guard names.insert(section.name).inserted else { return }
      sections.append(section)
      for key in section.keys { key.kind.sections.forEach(visit) }
    }
    visit(root)
    return sections
  }

  /// The name of a section's definition, which stands in addresses.
  static func name(of section: LanguageSection) -> String {
    section.name.replacing(" ", with: "_")
  }

  private static func reference(to section: LanguageSection) -> SchemaValue {
    .text("#/$defs/\(name(of: section))")
  }

  private static func schema(of section: LanguageSection) -> SchemaValue {
    let required = section.keys.filter(\.isRequired).map(\.name)
    var members: [(key: String, value: SchemaValue)] = [
      ("description", .text(section.summary)),
      // A mapping without required keys may be left empty.
      ("type", required.isEmpty ? .texts(["object", "null"]) : .text("object")),
      ("properties", .object(section.keys.map { (key: $0.name, value: schema(of: $0)) })),
    ]
    if !required.isEmpty { members.append(("required", .texts(required))) }
    members.append(("additionalProperties", .boolean(false)))
    return .object(members)
  }

  private static func schema(of key: LanguageKey) -> SchemaValue {
    var text = key.summary
    if let value = key.defaultValue { text += " Default: \(value)." }
    return .object([("description", .text(text))] + members(of: key.kind))
  }

  private static func schema(of kind: ValueKind) -> SchemaValue { .object(members(of: kind)) }

  /// What may stand there, as the members of a schema.
  ///
  /// YAML reads `32817` as a number and `true` as a boolean where the language has texts: both are
  /// taken for texts.
  private static func members(of kind: ValueKind) -> [(key: String, value: SchemaValue)] {
    let scalar: [String] = ["string", "number", "boolean"]
    switch kind {
    case .text, .path, .expression, .ordering, .column:
      return [("type", .texts(scalar)), ("minLength", .integer(1))]
    case .verbatim, .cell: return [("type", .texts(scalar + ["null"]))]
    case .name:
      return [("type", .text("string")), ("pattern", .text("^[A-Za-z_][A-Za-z0-9_-]*$"))]
    case .identifier:
      return [("type", .text("string")), ("pattern", .text("^[A-Za-z_][A-Za-z0-9_]*$"))]
    case .integer(let range):
      var members: [(key: String, value: SchemaValue)] = [
        ("type", .text("integer")), ("minimum", .integer(range.lowerBound)),
      ]
      if range.upperBound != .max { members.append(("maximum", .integer(range.upperBound))) }
      return members
    case .boolean: return [("type", .text("boolean"))]
    case .percentage:
      return [
        ("type", .text("string")), ("pattern", .text("^[0-9]{1,3}(\\.[0-9]{1,2})? *%$")),
      ]
    case .day:
      return [("type", .text("string")), ("pattern", .text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    case .character:
      return [
        ("type", .text("string")), ("minLength", .integer(1)), ("maxLength", .integer(1)),
      ]
    case .datePattern: return [("type", .text("string")), ("minLength", .integer(1))]
    case .choice(_, let words):
      let numbers = words.compactMap { Int($0).map { SchemaValue.integer($0) } }
      return [("enum", .list(numbers + words.map { .text($0) }))]
    case .list(let item): return [("type", .text("array")), ("items", schema(of: item))]
    case .oneOrMany(let item):
      return [("anyOf", .list([schema(of: item), schema(of: .list(item))]))]
    case .map(_, let value, let known):
      var members: [(key: String, value: SchemaValue)] = [("type", .text("object"))]
      if !known.isEmpty {
        members.append(
          ("properties", .object(known.map { (key: $0.name, value: schema(of: $0)) })))
      }
      return members + [("additionalProperties", schema(of: value))]
    case .section(let section): return [("$ref", reference(to: section))]
    case .either(let short, let long):
      return [("anyOf", .list([schema(of: short), schema(of: long)]))]
    }
  }
}
