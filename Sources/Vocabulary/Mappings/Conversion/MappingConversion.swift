package import Columnar
package import Diagnostics

/// A mapping file turned into another layout.
package struct MappingConversion: Sendable {
  /// What the result needs that the file does not say.
  package struct Options: Sendable {
    /// The states of a review whose rows are used.
    package var states = MappingStatus.usual
    /// source_vocabulary_id of codes of which the file does not say it.
    package var sourceVocabulary: String?
    /// Tells the names of concepts, their domains and their vocabularies.
    package var vocabulary: VocabularyIndex?

    package init() {}
  }

  /// The file as it would be written; `nil` where something is wrong or would be lost.
  package private(set) var bytes: [UInt8]?
  /// The number of its rows.
  package private(set) var count = 0
  /// What is wrong, what would be lost, and what was left out.
  package private(set) var diagnostics = DiagnosticList()

  private let options: Options

  /// Converts a file.
  ///
  /// Parts of codes (values, units, operators, types, numbers) have no place in a
  /// source_to_concept_map: each is an error, and nothing is made.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - layout: `.usagi` or `.sourceToConceptMap`.
  ///   - options: what the file does not say.
  package init(path: String, to layout: MappingLayout, options: Options = Options()) {
    self.options = options
    let table = MappingTable(path: path, &diagnostics)
    let source = ConversionSource(table, &diagnostics)
    if layout == .usagi, diagnostics.all.allSatisfy({ $0.code == "unknown-column" }),
      let kept = UsagiUpkeep(table, vocabulary: options.vocabulary)
    {
      count = table.rows.count
      bytes = kept.bytes
      return
    }
    let lines: [[String]]
    switch layout {
    case .usagi: lines = usagi(source)
    default: lines = sourceToConceptMap(source)
    }
    guard !diagnostics.hasErrors else { return }
    var dialect = MappingDialect()
    dialect.escapesBackslashes = layout == .usagi
    // A file that Usagi wrote elsewhere keeps its line ends.
    if layout == table.layout { dialect.lineEnd = table.dialect.lineEnd }
    count = lines.count - 1
    bytes = lines.flatMap(dialect.line)
  }

  /// Writes the result, so that a reader sees nothing or all of it.
  package func write(to path: String) throws(FileError) {
    if let bytes { try MappingFile.write(bytes, to: path) }
  }

  private func usagi(_ source: ConversionSource) -> [[String]] {
    let names = source.informationNames
    return [UsagiRow.header(names)]
      + source.rows.map { row in
        var row = row.usagi
        let concept = options.vocabulary?.concept(id: row.concept)
        if row.concept == 0 {
          if row.conceptName.isEmpty { row.conceptName = "Unmapped" }
        } else if row.conceptName.isEmpty {
          row.conceptName = concept?.name ?? ""
          row.domain = concept?.domain ?? ""
        }
        return row.texts(names)
      }
  }

  private mutating func sourceToConceptMap(_ source: ConversionSource) -> [[String]] {
    var lines = [
      [
        "source_code", "source_concept_id", "source_vocabulary_id", "source_code_description",
        "target_concept_id", "target_vocabulary_id", "valid_start_date", "valid_end_date",
        "invalid_reason",
      ]
    ]
    var waiting = 0
    var leftOut = LeftOut()
    var strangers: [ConversionSource.Row] = []
    for row in source.rows {
      let usagi = row.usagi
      guard options.states.contains(usagi.status), usagi.concept != 0 || usagi.status.isReview
      else {
        waiting += 1
        continue
      }
      guard usagi.type == .concept else {
        diagnostics.add(loss(of: row))
        continue
      }
      guard let name = row.sourceVocabulary ?? options.sourceVocabulary else {
        diagnostics.add(
          Diagnostic(
            .error, "no-source-vocabulary",
            "the file does not say of which vocabulary its codes are",
            at: row.position, hint: "give --source-vocabulary"))
        return lines
      }
      let target = targetVocabulary(row)
      if target.isEmpty { strangers.append(row) }
      leftOut.add(usagi, except: ConversionSource.ownNames)
      lines.append([
        usagi.code, String(row.sourceConcept), name, usagi.name, String(usagi.concept), target,
        row.validStart, row.validEnd, "",
      ])
    }
    if let found = leftOut.diagnostic { diagnostics.add(found) }
    if let first = strangers.first { diagnostics.add(unknownVocabulary(strangers.count, first)) }
    if waiting > 0 {
      diagnostics.add(
        Diagnostic(
          .note, "not-approved", "\(waiting) rows are in a state that does not count: left out",
          at: nil, hint: "states that count: \(options.states.words.joined(separator: ", "))"))
    }
    return lines
  }

  private func loss(of row: ConversionSource.Row) -> Diagnostic {
    let noun = row.usagi.type.noun
    let name = options.vocabulary?.concept(id: row.usagi.concept)?.name ?? row.usagi.conceptName
    let title = "\(row.usagi.concept)" + (name.isEmpty ? "" : " (\(name))")
    return Diagnostic(
      .error, "lossy-conversion",
      "the \(noun) \(title) of the code \(row.usagi.code) would be lost: a source_to_concept_map has no place for it",
      at: row.position, length: row.length,
      hint: "a rule reads the file as Usagi saved it: `map:` needs no conversion")
  }

  private func unknownVocabulary(_ count: Int, _ row: ConversionSource.Row) -> Diagnostic {
    let rows = "target_vocabulary_id is empty in \(count) \(count == 1 ? "row" : "rows")"
    guard options.vocabulary != nil else {
      return Diagnostic(
        .note, "no-target-vocabulary", "\(rows): no vocabulary was asked", at: nil,
        hint: "give --vocabulary")
    }
    return Diagnostic(
      .warning, "no-target-vocabulary", "\(rows): the vocabulary does not have the targets",
      at: row.position, length: row.length, hint: "the first is \(row.usagi.concept)")
  }

  private func targetVocabulary(_ row: ConversionSource.Row) -> String {
    if row.usagi.concept == 0 { return "None" }
    return row.targetVocabulary
      ?? options.vocabulary?.concept(id: row.usagi.concept)?.vocabulary ?? ""
  }
}
