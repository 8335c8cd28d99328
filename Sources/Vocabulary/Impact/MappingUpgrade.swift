package import Diagnostics

/// A mapping file with the targets of a new release, as far as the release leaves no choice.
///
/// A concept that is not valid and standard any more gives way where it has one standard replacement
/// in its own domain, and its name, vocabulary, domain and class beside it too. Everything else keeps
/// its bytes. Rows with an invalid_reason, which no run uses, are left alone.
package struct MappingUpgrade: Sendable {
  /// A target that gives way.
  package struct Change: Hashable, Sendable {
    package var code: String
    package var position: Position
    package var before: ConceptPage.Reference
    package var after: ConceptPage.Reference
  }

  /// The file as it is to be.
  package private(set) var file: MappingFile
  package private(set) var changes: [Change] = []
  /// What a person has to decide: errors where the row counts, warnings where its state does not.
  package private(set) var decisions = DiagnosticList()

  /// A row that names a concept.
  private struct Row {
    var row: Int
    var code: String
    var type: String
    var target: Int64
    var deprecated: ImpactFinding.Deprecated?

    /// The concept that can take the target's place.
    var replacement: ConceptPage.Reference? {
      guard let deprecated, deprecated.replacements.count == 1 else { return nil }
      let isSame = deprecated.replacements[0].domain == deprecated.target.domain
      return isSame ? deprecated.replacements[0] : nil
    }
  }

  private struct Key: Hashable {
    var code: String
    var type: String
    var target: Int64
  }

  /// Decides about every row of a file.
  ///
  /// - Parameters:
  ///   - file: the file.
  ///   - releases: the release that it was written for, and the one that comes.
  package init(_ file: MappingFile, _ releases: ReleaseComparison) {
    self.file = file
    guard
      let concept = file.column("conceptId", "concept_id", "targetConceptId", "target_concept_id"),
      let code = file.column("sourceCode", "source_code", "source")
    else { return }
    let type = file.column("mappingType")
    let reason = file.layout == .usagiReview ? nil : file.column("invalid_reason")
    let rows = (0..<file.count).compactMap { row -> Row? in
      if let reason, !file.text(row: row, column: reason).allSatisfy(\.isWhitespace) { return nil }
      let text = file.text(row: row, column: concept).filter { $0 != " " && $0 != "\t" }
      guard let id = Int64(text), id != 0 else { return nil }
      return Row(
        row: row, code: file.text(row: row, column: code),
        type: type.map { file.text(row: row, column: $0) } ?? "", target: id,
        deprecated: releases.deprecated(id))
    }
    var uses: [Key: Int] = [:]
    for row in rows {
      let target = row.replacement?.id ?? row.target
      uses[Key(code: row.code, type: row.type, target: target), default: 0] += 1
    }
    for row in rows {
      guard let deprecated = row.deprecated else { continue }
      if let replacement = row.replacement,
        uses[Key(code: row.code, type: row.type, target: replacement.id)] == 1
      {
        changes.append(
          Change(
            code: row.code, position: file.position(row: row.row, column: concept),
            before: deprecated.target, after: replacement))
        write(replacement, releases.new, row.row, concept)
      } else {
        ask(row, deprecated, concept)
      }
    }
  }

  private mutating func write(
    _ replacement: ConceptPage.Reference, _ index: VocabularyIndex, _ row: Int, _ concept: Int
  ) {
    file.set("\(replacement.id)", row: row, column: concept)
    let full = index.concept(id: replacement.id)
    let isReview = file.layout == .usagiReview
    let cells: [(names: [String], text: String)] = [
      (
        ["conceptName", "concept_name", "targetConceptName", "target_concept_name"],
        replacement.name
      ),
      (["targetVocabularyId", "target_vocabulary_id"], replacement.vocabulary),
      (["domainId", "targetDomainId", "target_domain_id"], replacement.domain),
      (["targetConceptClassId", "target_concept_class_id"], full?.conceptClass ?? ""),
      (["targetConceptCode"], replacement.code),
      (["targetStandardConcept"], "S"),
      (isReview ? ["targetInvalidReason"] : [], ""),
    ]
    for (names, text) in cells {
      for name in names {
        guard let column = file.column(name), !file.text(row: row, column: column).isEmpty
        else { continue }
        file.set(text, row: row, column: column)
      }
    }
  }

  private mutating func ask(_ row: Row, _ deprecated: ImpactFinding.Deprecated, _ concept: Int) {
    let target = deprecated.target
    let title = "the target \(target.id) (\(target.name)) of \(row.code)"
    func named(_ concepts: [ConceptPage.Reference]) -> String {
      concepts.map { "\($0.id) (\($0.name), \($0.domain))" }.joined(separator: " or ")
    }
    let found = deprecated.replacements
    let (name, message, hint): (String, String, String) =
      if found.isEmpty {
        (
          "no-replacement", "\(title) is not valid and standard any more, and maps to nothing",
          "choose another concept, or 0 where there is none"
        )
      } else if found.count > 1 {
        (
          "several-replacements", "\(title) is replaced by \(found.count) concepts",
          "choose \(named(found)), or write a row for each"
        )
      } else if row.replacement == nil {
        (
          "other-domain", "\(title), of the domain \(target.domain), is replaced by one of another",
          "write \(named(found)) where rows may go to its table"
        )
      } else {
        (
          "duplicate-target", "\(title) is replaced by a concept that the code has besides",
          "leave one row with \(named(found))"
        )
      }
    decisions.add(
      Diagnostic(
        isCounting(row.row) ? .error : .warning, name, message,
        at: file.position(row: row.row, column: concept), length: "\(row.target)".count,
        hint: hint))
  }

  /// Whether the state of a row's review lets a run use it.
  private func isCounting(_ row: Int) -> Bool {
    guard let column = file.column("mappingStatus") else { return true }
    let words = file.text(row: row, column: column)
    return MappingStatus(rawValue: words).map(MappingStatus.usual.contains)
      ?? (file.layout == .usagiReview)
  }
}

extension MappingFile {
  /// The place of the first of some columns that is there.
  fileprivate func column(_ names: String...) -> Int? {
    names.lazy.compactMap { self.column($0) }.first
  }
}
