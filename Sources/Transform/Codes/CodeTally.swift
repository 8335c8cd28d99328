internal import Columnar
internal import CommonDataModel
internal import Engine

/// What one worker counted of codes: plain counters by the numbers of codes.
///
/// Codes of a table are counted with all rows of a person together, persons one after the other, so
/// that remembering the last person of each code is enough to count persons once.
struct CodeTally: Sendable {
  private var recordCounts: [Int] = []
  private var personCounts: [Int] = []
  /// The last person seen with each code.
  private var last: [UInt64] = []
  private(set) var values = ValueTally()
  /// Which partition of the run is counted, from 1: numbers of persons begin anew in each.
  var partition: UInt64 = 0

  func records(_ number: Int) -> Int {
    number < recordCounts.count ? recordCounts[number] : 0
  }

  func persons(_ number: Int) -> Int {
    number < personCounts.count ? personCounts[number] : 0
  }

  /// Counts the codes of rows that are written.
  ///
  /// - Parameters:
  ///   - columns: the columns of the rows, those with the numbers of codes among them.
  ///   - table: the table of the rows.
  ///   - persons: the person of each row; the rows of one follow one another.
  ///   - unit: the number of the unit of a row of texts.
  mutating func count(
    _ columns: [String: Column], of table: CDMTable, persons: [Int32],
    unit: (Int, TextArray) -> Int
  ) {
    for (name, numbers) in columns where name.hasPrefix(RowHeader.code) {
      count(numbers, persons)
    }
    guard let event = EventTable(rawValue: table.name),
      let field = EventImage.field("concept_id")?.image(in: event),
      let numbers = columns[RowHeader.code + field], let numeric = columns["value_as_number"]
    else { return }
    count(numeric, numbers, units: columns["unit_source_value"], persons, unit)
  }

  private mutating func count(_ numbers: Column, _ persons: [Int32]) {
    let lanes = numbers.lanes
    let validity = numbers.validity
    for row in lanes.indices {
      if let validity, !validity[row] { continue }
      let number = Int(lanes[row])
      if number >= recordCounts.count { grow(beyond: number) }
      recordCounts[number] += 1
      let stamp = partition << 32 | UInt64(UInt32(bitPattern: persons[row]))
      if last[number] != stamp {
        last[number] = stamp
        personCounts[number] += 1
      }
    }
  }

  private mutating func grow(beyond number: Int) {
    let more = max(number + 1, recordCounts.count * 3 / 2, 64) - recordCounts.count
    recordCounts += [Int](repeating: 0, count: more)
    personCounts += [Int](repeating: 0, count: more)
    last += [UInt64](repeating: 0, count: more)
  }

  private mutating func count(
    _ values: Column, _ numbers: Column, units: Column?, _ persons: [Int32],
    _ unit: (Int, TextArray) -> Int
  ) {
    let codes = numbers.lanes
    let doubles = values.asDoubles
    let texts = units?.texts ?? TextArray()
    var known = KeyIndex()
    var unitNumbers: [Int] = []
    for row in codes.indices where numbers.isValid(row) && values.isValid(row) {
      var number = 0
      if let units, units.isValid(row) {
        let place = known.insert(texts.span(row))
        if place == unitNumbers.count { unitNumbers.append(unit(row, texts)) }
        number = unitNumbers[place]
      }
      let stamp = partition << 32 | UInt64(UInt32(bitPattern: persons[row]))
      self.values.count(
        doubles[row], code: Int(codes[row]), unit: number, stamp: stamp)
    }
  }

  /// Adds what another worker counted, of other persons.
  mutating func add(_ other: CodeTally) {
    if other.recordCounts.count > recordCounts.count { grow(beyond: other.recordCounts.count - 1) }
    for number in other.recordCounts.indices {
      recordCounts[number] += other.recordCounts[number]
      personCounts[number] += other.personCounts[number]
    }
    values.add(other.values)
  }
}

extension Column {
  /// The numbers of all rows, each as near as a double can be.
  fileprivate var asDoubles: [Double] {
    switch (type, values) {
    case (_, .doubles(let doubles)): return doubles
    case (.decimal(let scale), .lanes(let lanes)):
      var unit = 1.0
      for _ in 0..<scale { unit *= 10 }
      return lanes.map { Double($0) / unit }
    case (_, .lanes(let lanes)): return lanes.map(Double.init)
    default: return .init(repeating: .nan, count: count)
    }
  }
}
