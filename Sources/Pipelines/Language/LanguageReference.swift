import CommonDataModel

/// The reference page of the language, written from the descriptions by which files are read.
package enum LanguageReference {
  /// All sections in reading order: a section before those inside it.
  package static let sections: [LanguageSection] = {
    var sections: [LanguageSection] = []
    var names: Set<String> = []
    func visit(_ section: LanguageSection) {
      guard !section.keys.isEmpty, names.insert(section.name).inserted else { return }
      sections.append(section)
      for key in section.keys { key.kind.sections.forEach(visit) }
    }
    visit(.project)
    visit(.pipeline)
    return sections
  }()

  /// The page, in Markdown.
  package static func markdown() -> String {
    var page = """
      <!-- Written by the program from its own description of the language. Do not edit. -->
      # The pipeline language, version 1

      A project file names pipeline files; a pipeline file says which tables of a source are read,
      what their columns are, and which rules make rows of the OMOP CDM from them. Both are YAML,
      without tags; an anchor and its aliases save repeating, mostly in tests. A key that is not on this page is an error.


      """
    for section in sections {
      page += self.markdown(of: section)
    }
    return page + eventFields + reasons
  }

  private static func markdown(of section: LanguageSection) -> String {
    var text = "## \(section.name)\n\n\(section.summary)\n\n"
    text += "| key | value | default | meaning |\n|---|---|---|---|\n"
    for key in section.keys {
      let standing = key.isRequired ? "**required**" : key.defaultValue ?? "–"
      let cells = ["`\(key.name)`", key.kind.summary, standing, key.summary]
      let row = cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")
      text += "| \(row) |\n"
      if case .map(_, _, let known) = key.kind {
        for inner in known {
          text += "| `\(key.name)` · `\(inner.name)` | \(inner.kind.summary)"
          text += " | – | \(inner.summary) |\n"
        }
      }
    }
    text += "\n"
    for note in section.notes { text += "\(note)\n\n" }
    return text + "```yaml\n\(section.example)\n```\n\n"
  }

  private static var eventFields: String {
    var text = """
      ## Event fields

      A rule `into: event` fills these; the concept's domain chooses the table, and each value goes
      to its field there. A value that the table cannot hold is dropped and counted.

      | event field | fields of the CDM |
      |---|---|

      """
    for field in EventImage.fields {
      let images = field.tables.map { table in
        "`\(table.rawValue).\(field.image(in: table) ?? field.name)`"
      }
      text += "| `\(field.name)` | \(images.joined(separator: ", ")) |\n"
    }
    return text + "\n"
  }

  private static var reasons: String {
    let codes = ExpectedReason.all.map { "`\($0)`" }.joined(separator: ", ")
    return "## Reasons of quarantine\n\nThe stable codes: \(codes).\n"
  }
}
