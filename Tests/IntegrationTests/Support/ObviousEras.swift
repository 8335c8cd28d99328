import Columnar

/// The eras that follow from a table of the truth, day by day: slow and plain to see.
struct ObviousEras {
  private struct Row {
    var group: String
    var start: Int64
    var end: Int64
  }

  private let rows: [String: [Row]]
  private let table: String
  private let concept: String

  /// Reads the rows of a table that have a concept.
  init(
    _ truth: TruthComparison, _ table: String, _ prefix: String, concept: String? = nil
  ) throws {
    let file = try truth.file(table)
    self.concept = concept ?? prefix
    self.table = "\(self.concept)_era"
    func column(_ name: String) -> Int { file.header.firstIndex(of: name) ?? 0 }
    let id = column("\(self.concept)_concept_id")
    let start = column("\(prefix)_start_date")
    let end = column("\(prefix)_end_date")
    rows = Dictionary(
      grouping: file.records.filter { $0[id] != "0" }.map { record in
        let first = ObviousEras.day(record[start])
        let last = record[end].isEmpty ? first + 1 : max(first, ObviousEras.day(record[end]))
        return Row(
          group: "\(truth.person(record[0]))|\(record[id])", start: first, end: last)
      }, by: \.group)
  }

  private static func day(_ text: String) -> Int64 {
    let parts = text.split(separator: "-").compactMap { Int64($0) }
    return CivilCalendar.days(year: parts[0], month: parts[1], day: parts[2])
  }

  /// Runs of days that somebody had something, with no more than 30 days between two of them.
  private func eras(_ rows: [Row]) -> [(start: Int64, end: Int64, rows: [Row])] {
    var eras: [(start: Int64, end: Int64, rows: [Row])] = []
    for day in Set(rows.flatMap { Array($0.start...$0.end) }).sorted() {
      if let last = eras.last, day <= last.end + 30 {
        eras[eras.count - 1].end = day
      } else {
        eras.append((day, day, []))
      }
    }
    return eras.map { era in
      (era.start, era.end, rows.filter { era.start <= $0.start && $0.end <= era.end })
    }
  }

  var conditionEras: [String] {
    rows.flatMap { group, rows in
      eras(rows).map { "\(group)|\($0.start)|\($0.end)|\($0.rows.count)" }
    }.sorted()
  }

  var drugEras: [String] {
    rows.flatMap { group, rows in
      eras(rows).map { era in
        let exposed = Set(
          era.rows.flatMap { $0.start < $0.end ? Array($0.start + 1...$0.end) : [] })
        let gap = era.end - era.start - Int64(exposed.count)
        return "\(group)|\(era.start)|\(era.end)|\(era.rows.count)|\(gap)"
      }
    }.sorted()
  }

  /// The eras in the CDM.
  func actual(_ database: Database) throws -> [String] {
    let counts =
      concept == "drug" ? ["drug_exposure_count", "gap_days"] : ["condition_occurrence_count"]
    return try database.rows(
      """
      SELECT person_source_value, \(concept)_concept_id, \(table)_start_date, \(table)_end_date,
        \(counts.joined(separator: ", "))
      FROM \(table) JOIN person USING (person_id)
      """
    ).map { row in
      let cells = row.map { $0 ?? "" }
      return
        ([cells[0], cells[1]] + cells[2...3].map { String(ObviousEras.day($0)) } + cells[4...])
        .joined(separator: "|")
    }.sorted()
  }

  /// Each visit and the one before it: by the start, the longer, the class.
  static func preceding(_ truth: TruthComparison) throws -> [String] {
    let file = try truth.file("visit_occurrence")
    func column(_ name: String) -> Int { file.header.firstIndex(of: name) ?? 0 }
    let visits = file.records.map { record in
      (
        person: record[0], visit: record[1], concept: Int64(record[2]) ?? 0,
        start: record[column("visit_start_datetime")],
        end: record[column("visit_end_date")]
          + (record[column("visit_end_datetime")].split(separator: " ").last.map(String.init)
            ?? "24")
      )
    }
    return Dictionary(grouping: visits, by: \.person).values.flatMap { own in
      let sorted = own.sorted {
        if $0.start != $1.start { return $0.start < $1.start }
        if $0.end != $1.end { return $0.end > $1.end }
        return $0.concept < $1.concept
      }
      return zip(sorted, [nil] + sorted.map(Optional.some)).map { visit, before in
        truth.stay(visit.visit) + "|" + (before.map { truth.stay($0.visit) } ?? "")
      }
    }.sorted()
  }

  static func preceding(in database: Database) throws -> [String] {
    try database.rows(
      """
      SELECT v.visit_source_value, b.visit_source_value FROM visit_occurrence v
        LEFT JOIN visit_occurrence b ON b.visit_occurrence_id = v.preceding_visit_occurrence_id
      """
    ).map { "\($0[0] ?? "")|\($0[1] ?? "")" }.sorted()
  }
}
