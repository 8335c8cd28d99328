import Diagnostics
import Extract
import Foundation

extension ModelReader {
  mutating func table(_ entry: YAMLEntry, pipeline: String) -> TableDefinition {
    if !entry.key.text.isName(dashes: false) {
      diagnostics.add(
        Diagnostic(
          .error, "invalid-name", "`\(entry.key.text)` is not a name for a table",
          at: entry.key.position, length: entry.key.length,
          hint: "letters, digits and `_`, a letter or `_` first: it stands in expressions"))
    }
    let node = entry.value
    var columns: [ColumnDefinition] = []
    for column in node["columns"]?.entries ?? [] {
      columns.append(self.column(column, pipeline: pipeline))
    }
    return TableDefinition(
      name: Located(entry.key),
      sources: ["csv", "external", "reader"].filter { node[$0] != nil },
      csv: csv(node["csv"] ?? node["external"] ?? node["reader"]),
      external: external(node["external"]), reader: node["reader"].flatMap { stage($0) },
      steps: (node["steps"]?.items ?? []).compactMap { step($0, pipeline: pipeline) },
      delivery: verbatim(node["delivery"]).flatMap { .init(rawValue: $0.value) } ?? .full,
      key: words(node["key"]), columns: columns)
  }

  /// The use of a stage of another package.
  private mutating func stage(_ node: YAMLNode) -> StageUse? {
    guard let name = verbatim(node["use"]) else { return nil }
    var settings: [(name: Located<String>, value: Located<String>)] = []
    for entry in node["settings"]?.entries ?? [] {
      if let value = text(entry.value) { settings.append((Located(entry.key), value)) }
    }
    return StageUse(name: name, settings: settings)
  }

  private mutating func step(_ node: YAMLNode, pipeline: String) -> StepDefinition? {
    guard let stage = stage(node) else { return nil }
    var columns: [ColumnDefinition] = []
    for column in node["columns"]?.entries ?? [] {
      columns.append(self.column(column, pipeline: pipeline))
    }
    return StepDefinition(stage: stage, from: words(node["from"]), columns: columns)
  }

  private mutating func external(_ node: YAMLNode?) -> ExternalDefinition? {
    guard let node else { return nil }
    var command: [Located<String>] = []
    for item in node["command"]?.items ?? [] {
      let written = item.scalar?.text ?? ""
      let isPath =
        written.hasPrefix("./") || written.hasPrefix("../")
        || written.hasPrefix("${") && written.contains("/")
      if let word = isPath ? path(item)?.map(absolute) : text(item) { command.append(word) }
    }
    return ExternalDefinition(
      command: command, timeout: integer(node["timeout"])?.value ?? 3600,
      folder: absolute(texts.folder))
  }

  /// A path that the working directory of a program does not change.
  private func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    let current = FileManager.default.currentDirectoryPath
    return path.isEmpty ? current : "\(current)/\(path)"
  }

  private mutating func csv(_ node: YAMLNode?) -> CSVDefinition {
    var files: [Located<String>] = []
    for item in node?["files"]?.items ?? [] {
      if let file = path(item) { files.append(file) }
    }
    let quoting = verbatim(node?["quoting"])
    if quoting?.value == "none", let quote = node?["quote"]?.scalar {
      diagnostics.add(
        Diagnostic(
          .error, "quote-without-quoting", "`quote` has no meaning with `quoting: none`",
          at: quote.position, length: quote.length,
          hint: "leave one of the two out: without quoting, quotes are data"))
    }
    return CSVDefinition(
      files: files,
      delimiter: byte(node?["delimiter"]) ?? UInt8(ascii: ","),
      quote: quoting?.value == "none" ? nil : byte(node?["quote"]) ?? UInt8(ascii: "\""),
      encoding: verbatim(node?["encoding"]).flatMap { .init(rawValue: $0.value) } ?? .utf8,
      hasHeader: flag(node?["header"]) ?? true,
      nulls: cells(node?["nulls"]) ?? [""],
      maximumRecordBytes: integer(node?["max_record_bytes"])?.value ?? 1_048_576)
  }

  private mutating func column(_ entry: YAMLEntry, pipeline: String) -> ColumnDefinition {
    let node = entry.value
    let name = entry.key.text
    return ColumnDefinition(
      name: Located(entry.key), header: verbatim(node["header"])?.value ?? name,
      type: type(of: entry, namespace: "\(pipeline)/\(name)"),
      rejectsRecord: verbatim(node["on_error"])?.value == "reject",
      isOptional: flag(node["optional"]) ?? false,
      nulls: cells(node["nulls"]), sentinels: cells(node["sentinels"]) ?? [])
  }

  private mutating func type(of entry: YAMLEntry, namespace: String) -> ColumnKind? {
    if let short = entry.value.scalar {
      return ColumnTypeName.all.contains(short.text)
        ? type(named: short.text, options: nil, namespace: namespace) : nil
    }
    guard case .mapping(let entries) = entry.value.content else { return nil }
    let types = entries.filter { ColumnTypeName.all.contains($0.key.text) }
    guard let first = types.first else {
      // A key that is no key at all was told already; most often it is the type itself.
      if entries.allSatisfy({ LanguageSection.column[$0.key.text] != nil }) {
        diagnostics.add(
          Diagnostic(
            .error, "missing-type", "the column `\(entry.key.text)` has no type",
            at: entry.key.position, length: entry.key.length,
            hint: "types: \(ColumnTypeName.all.joined(separator: ", "))"))
      }
      return nil
    }
    for other in types.dropFirst() {
      diagnostics.add(
        Diagnostic(
          .error, "two-types",
          "the column `\(entry.key.text)` has the types `\(first.key.text)` and `\(other.key.text)`",
          at: other.key.position, length: other.key.length))
    }
    return type(named: first.key.text, options: first.value, namespace: namespace)
  }

  private mutating func type(
    named name: String, options: YAMLNode?, namespace: String
  ) -> ColumnKind? {
    switch name {
    case "text": return .text
    case "integer": return .integer
    case "identifier":
      return .identifier(namespace: verbatim(options?["namespace"])?.value ?? namespace)
    case "local_key":
      return .localKey(namespace: verbatim(options?["namespace"])?.value ?? namespace)
    case "decimal":
      return .decimal(
        scale: integer(options?["scale"])?.value ?? 6,
        mark: byte(options?["mark"]) ?? UInt8(ascii: "."))
    case "date":
      return pattern(options, standard: "yyyy-MM-dd", name).map(ColumnKind.date)
    case "timestamp":
      return pattern(options, standard: "yyyy-MM-dd HH:mm:ss", name).map(ColumnKind.timestamp)
    case "partial_date":
      return pattern(options, standard: "yyyy-MM-dd", name).map(ColumnKind.partialDate)
    case "boolean": return boolean(options)
    default: return nil
    }
  }

  private mutating func boolean(_ options: YAMLNode?) -> ColumnKind {
    let yes = cells(options?["true"]) ?? ["true", "1"]
    let no = cells(options?["false"]) ?? ["false", "0"]
    for item in options?["false"]?.items ?? [] {
      guard let scalar = item.scalar, yes.contains(scalar.text) else { continue }
      diagnostics.add(
        Diagnostic(
          .error, "ambiguous-boolean", "`\(scalar.text)` means true and false",
          at: scalar.position, length: scalar.length))
    }
    return .boolean(true: yes, false: no)
  }

  /// The pattern of a column, if it says what a column of the type needs.
  private mutating func pattern(
    _ node: YAMLNode?, standard: String, _ type: String
  ) -> DatePattern? {
    var mistakes: [DatePattern.Mistake] = []
    guard let scalar = node?.scalar else { return DatePattern(standard, mistakes: &mistakes) }
    let pattern = DatePattern(scalar.text, mistakes: &mistakes)
    guard mistakes.isEmpty else { return nil }
    guard let complaint = pattern.complaint(as: type) else { return pattern }
    diagnostics.add(
      Diagnostic(
        .error, "unfit-date-pattern", complaint, at: scalar.position, length: scalar.length,
        hint: type == "date" && pattern.hasTime ? "a column with a time is a `timestamp`" : nil))
    return nil
  }
}

extension DatePattern {
  var hasTime: Bool {
    elements.contains { [.hour, .minute, .second, .millisecond].contains($0) }
  }

  /// Why the pattern does not fit a column of a type.
  fileprivate func complaint(as type: String) -> String? {
    func has(_ element: Element) -> Bool { elements.contains(element) }
    if has(.year), has(.shortYear) { return "the pattern has the year twice" }
    var missing: String?
    if !has(.year), !has(.shortYear) { missing = "yyyy" }
    if type != "partial_date" || has(.day), !has(.month) { missing = "MM" }
    if type != "partial_date", !has(.day) { missing = "dd" }
    if type == "timestamp", !has(.hour) { missing = "HH" }
    if let missing { return "the pattern of a \(type) needs `\(missing)`" }
    if has(.minute), !has(.hour) { return "`mm` is the minute and needs `HH`; the month is `MM`" }
    if has(.second), !has(.minute) { return "`ss` needs `mm`" }
    if has(.millisecond), !has(.second) { return "`SSS` needs `ss`" }
    return type != "timestamp" && hasTime ? "the pattern of a \(type) has no time" : nil
  }
}
