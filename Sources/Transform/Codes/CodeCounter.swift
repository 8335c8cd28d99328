internal import Columnar
internal import CommonDataModel
package import Engine

/// Counts the codes of a run: which there are, in how many rows that are written, of how many
/// persons.
///
/// Mapping gives every code of a field a number, which travels with the row; finishing counts the
/// numbers of the rows that are written, a person at a time. Workers count apart, and their counts
/// are added up, so that neither threads nor partitions leave a trace.
package final class CodeCounter: Sendable {
  /// The most units that are told apart.
  static let unitLimit = 1 << 12
  /// The number of all units that are not told apart.
  static let otherUnit = 1 << 16 - 1

  private let numbering = Numbering()
  private let partitions = Numbering()
  private let places = Guarded<[CodePlace]>([])
  /// The tallies that no worker has.
  private let idle = Guarded<[CodeTally]>([])
  private let units = Guarded(CodeNumbers(limit: CodeCounter.unitLimit))
  private let unitNumbering = Numbering()

  package init() {}

  /// The place of a rule's field in a table, which is made when it is asked for first.
  func place(rule: String, table: CDMTable, field: CDMField, book: CodeBook) -> CodePlace {
    places.withLock { places in
      let known = places.first { $0.rule == rule && $0.table == table && $0.field == field }
      if let known { return known }
      let place = CodePlace(
        rule: rule, table: table, field: field, book: book, numbering: numbering)
      places.append(place)
      return place
    }
  }

  /// The number of the unit of a row: 0 where there is none, the largest for one that is not told
  /// apart.
  func unit(of row: Int, in texts: TextArray) -> Int {
    let number = units.withLock { units in
      units.number(texts.span(row), isMapped: false, unitNumbering)
    }
    return min(number ?? .max, CodeCounter.otherUnit)
  }

  /// A tally for one partition, which goes back by `give`.
  func take() -> CodeTally {
    var tally = idle.withLock { $0.popLast() } ?? CodeTally()
    tally.partition = UInt64(partitions.next())
    return tally
  }

  /// Takes a tally back.
  func give(_ tally: CodeTally) { idle.withLock { $0.append(tally) } }

  /// What was counted, once all persons are finished.
  package func counts() -> CodeCounts {
    var total = CodeTally()
    for tally in idle.withLock({ $0 }) { total.add(tally) }
    let kept = units.withLock { units in
      units.shrink()
      return units.kept
    }
    var texts = [0: ""]
    for (unit, number) in kept where number < CodeCounter.otherUnit { texts[number] = unit }
    let values = total.values.counts(units: texts)
    let codes = places.withLock { $0 }.flatMap { $0.counts(total, values: values) }
    return CodeCounts(codes, precision: total.values.precision)
  }
}
