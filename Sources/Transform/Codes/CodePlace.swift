internal import Columnar
internal import CommonDataModel
internal import Engine

/// A field that one rule fills from codes in one table, and the numbers of these codes.
final class CodePlace: Sendable {
  /// The most codes that are counted apart.
  static let limit = 1 << 16

  /// `pipeline/id`.
  let rule: String
  let table: CDMTable
  let field: CDMField
  let book: CodeBook
  /// The numbers of rows without a code, and of those of the rest with and without a concept.
  let none: Int
  let restMapped: Int
  let restUnmapped: Int
  private let numbers = Guarded(CodeNumbers(limit: CodePlace.limit))
  private let numbering: Numbering

  init(
    rule: String, table: CDMTable, field: CDMField, book: CodeBook, numbering: Numbering
  ) {
    self.rule = rule
    self.table = table
    self.field = field
    self.book = book
    self.numbering = numbering
    none = numbering.next()
    restMapped = numbering.next()
    restUnmapped = numbering.next()
  }

  /// The number of the code of a row.
  func number(of row: Int, in texts: TextArray, isMapped: Bool) -> Int {
    let number = numbers.withLock { numbers in
      numbers.number(texts.span(row), isMapped: isMapped, numbering)
    }
    return number ?? (isMapped ? restMapped : restUnmapped)
  }

  /// The counts of the codes that have rows.
  ///
  /// - Parameters:
  ///   - tally: what was counted in the whole run.
  ///   - values: the values of each code's number.
  /// - Returns: the counts, in no particular order.
  func counts(_ tally: CodeTally, values: [Int: [ValueCount]]) -> [CodeCount] {
    let (kept, dropped) = numbers.withLock { numbers in
      numbers.shrink()
      return (numbers.kept, numbers.dropped)
    }
    var found: [CodeCount] = []
    for (code, number) in kept where tally.records(number) > 0 {
      let page = book.page(code)
      var count = empty(page.outcome, tally.records(number), tally.persons(number))
      count.code = code
      count.name = page.name
      count.sourceConcept = page.sourceConcept
      count.concepts = page.concepts
      count.values = values[number] ?? []
      found.append(count)
    }
    if tally.records(none) > 0 {
      found.append(empty(.noCode, tally.records(none), tally.persons(none)))
    }
    for (number, isMapped) in [(restMapped, true), (restUnmapped, false)] {
      let lost = dropped.filter { $0.isMapped == isMapped }
      let records = lost.reduce(tally.records(number)) { $0 + tally.records($1.number) }
      if records > 0 { found.append(empty(isMapped ? .restMapped : .restUnmapped, records, 0)) }
    }
    return found
  }

  private func empty(
    _ outcome: CodeCount.Outcome, _ records: Int, _ persons: Int
  ) -> CodeCount {
    let parts = rule.split(separator: "/", maxSplits: 1).map(String.init)
    return CodeCount(
      pipeline: parts.first ?? "", rule: parts.last ?? "", table: table.name, field: field.name,
      domain: field.codeDomain(in: table), vocabulary: book.vocabularyName, mapping: book.mapName,
      code: nil, outcome: outcome, records: records, persons: persons)
  }
}

/// One of the rule's fields whose codes are counted.
struct CountedField: Sendable {
  /// The field of the rule; `nil` for the rule's own concept.
  let source: String?
  let place: CodePlace

  /// The column of the numbers of the codes.
  var column: String { RowHeader.code + place.field.name }
}
