import Columnar
import Diagnostics

/// The rules about codes: each for itself, the rows of one code, and codes beside one another.
extension MappingExaminer {
  /// Looks at the code of a row.
  mutating func examineCode(_ cell: MappingTable.Cell) {
    let code = cell.text
    if code.isEmpty { return }
    if code.cleaned.isEmpty {
      tell(.emptyCode, "the code is nothing but blanks", at: cell)
    } else if let what = CodeShape.spreadsheet(code) {
      tell(
        .spreadsheetNumber, "the code `\(code)` is \(what), as a spreadsheet writes it", at: cell,
        hint: "restore the code, and format its column as text")
    }
    // A value of map(…) stands in no field of the CDM.
    if isOfCodes, code.unicodeScalars.count > 50 {
      tell(
        .longCode, "the code has \(code.unicodeScalars.count) characters, the CDM holds 50",
        at: cell)
    }
  }

  /// Looks at a row beside the other rows of its code.
  mutating func examineRows(of number: Int, _ row: [MappingTable.Cell], _ place: Int) {
    let entry = codes[number]
    codes[number].lastRow = place
    guard places.isUsagi, let code = places.code, let status = places.status else { return }
    let word = String(row[status].trimmed)
    let first = "its first row is on line \(entry.cell.line)"
    if entry.status.isEmpty {
      codes[number].status = word
    } else if entry.status != word {
      tell(
        .contradictoryStatus, "the code \(entry.cell.text) is \(entry.status) and \(word)",
        at: row[status], hint: first)
    }
    if place - entry.lastRow > 1 {
      tell(
        .scatteredRows, "the rows of the code \(entry.cell.text) do not follow one another",
        at: row[code], hint: first)
    }
  }

  /// Looks at the codes together.
  mutating func examineCodes() {
    let isUnits = units.isUnits
    if isUnits { examineUnits() }
    var shapes: [(rule: MappingRule, what: String, shape: (String) -> String?)] = [
      (.lookAlikeCodes, "in characters that look alike", CodeShape.asSeen),
      (.leadingZeros, "in leading zeros", CodeShape.withoutZeros),
    ]
    // g/L is gram and G/L giga: the case of units means something. Without a vocabulary it is not
    // known whether they are units.
    if !isUnits, check.concepts != nil, !purposes.contains(where: { $0.domains == ["Unit"] }) {
      shapes.append((.lookAlikeCodes, "in letter case or blanks", CodeShape.withoutCase))
    }
    var told: Set<Int> = []
    for (rule, what, shape) in shapes { examineLikes(rule, what, &told, shape) }
    examineData()
    if isOfCodes { examineSources() }
  }

  /// Pairs of codes that are equal in a form.
  ///
  /// Where one code in twenty has such a partner, the code system tells them apart, as Read codes
  /// do with letter case, and no slip is told.
  private mutating func examineLikes(
    _ rule: MappingRule, _ what: String, _ told: inout Set<Int>, _ shape: (String) -> String?
  ) {
    var first: [String: Int] = [:]
    var pairs: [(known: CodeBook.Entry, number: Int)] = []
    for (number, entry) in codes.entries.enumerated() where !entry.targets.isEmpty {
      guard let form = shape(entry.cell.text) else { continue }
      guard let other = first[form] else {
        first[form] = number
        continue
      }
      if codes[other].targets != entry.targets { pairs.append((codes[other], number)) }
    }
    guard pairs.count <= max(3, codes.entries.count / 20) else { return }
    for (known, number) in pairs where told.insert(number).inserted {
      let cell = codes[number].cell
      tell(
        rule,
        "the codes `\(known.cell.text)` and `\(cell.text)` differ \(what) alone and have different targets",
        at: cell, hint: "the other one is on line \(known.cell.line)")
    }
  }

  /// `unit-target` in a file of units.
  private mutating func examineUnits() {
    for (cell, concept) in units.others {
      tell(
        .unitTarget,
        "the other rows map to units, this one to \(concept.id) (\(concept.name), \(concept.domain))",
        at: cell, severity: concept.domain == "Drug" ? .error : .warning,
        hint: "choose a concept of the domain Unit")
    }
  }

  /// What the vocabulary itself knows of the codes.
  private mutating func examineSources() {
    for entry in codes.entries {
      report.codes.append(
        CheckedMapping.Code(
          code: entry.cell.text, vocabulary: entry.vocabulary, targets: entry.targets,
          position: table.position(entry.cell)))
      guard let index = check.concepts?.vocabulary, !entry.targets.isEmpty,
        let position = sourceConcept(entry, index)
      else { continue }
      let concept = index.id(position)
      if entry.sourceConcept == 0, let cell = entry.sourceCell {
        tell(
          .missingSourceConcept,
          "\(entry.vocabulary) has the concept \(concept) for the code \(entry.cell.text)",
          at: cell,
          hint: "write \(concept) as source_concept_id")
      }
      let targets = index.standardTargets(ofConcept: concept)
      guard !targets.isEmpty, Set(targets) != entry.targets else { continue }
      let named = targets.map { "\($0) (\(index.concept(id: $0)?.name ?? ""))" }
      tell(
        .vocabularyDiffers,
        "\(entry.vocabulary) maps the code \(entry.cell.text) to \(named.joined(separator: ", "))",
        at: entry.targetCell, hint: "keep the row where the file is to overrule the vocabulary")
    }
  }

  /// The position of the concept that the vocabulary has for a code.
  private mutating func sourceConcept(_ entry: CodeBook.Entry, _ index: VocabularyIndex) -> Int? {
    guard !entry.vocabulary.isEmpty else { return nil }
    let handle = vocabularies[entry.vocabulary] ?? -1
    return handle < 0 ? nil : index.lookup(vocabulary: handle, code: entry.cell.text)
  }
}
