import Columnar
import CommonDataModel
import Diagnostics
import Engine
import Extract
import Foundation
import Pipelines
import TestSupport
import Testing

/// Stages of other packages, through whole runs.
struct PluginTests {
  @Test(arguments: ["utf-8", "utf-16"], [1, 7, 1 << 19])
  func `lines are read whatever the size of blocks, and refused where they stand`(
    encoding: String, block: Int
  ) throws {
    try withTemporaryFolder { folder in
      var project = try SmallProject(
        folder, pipeline: pipeline.replacing("utf-8", with: encoding), files: [:])
      let text = "\r\nP1;2024-01-02;12 g\r\nP1;2024-01-03\n\nP2;2024-01-0é;1 g\nP2;2024-02-03;?\n"
      try text.data(using: encoding == "utf-8" ? .utf8 : .utf16)?
        .write(to: folder.appendingPathComponent("rows.txt"))
      project.registry = stages()
      let outcome = try project.run(block: block)
      let rows = try #require(outcome.books.tables.first { $0.table == "p/rows" })
      #expect((rows.read, rows.accepted, rows.quarantined) == (4, 2, 2))
      let lines = try project.text("observation").split(separator: "\n").dropFirst()
      #expect(lines.count == 1)
      #expect(lines.allSatisfy { $0.contains("P1-2024-01-02") })
      let refused = try project.quarantine().filter { $0.kind != "person" }
        .map { "\($0.line) \($0.reason)" }
      #expect(
        refused.sorted() == [
          "3 too_few_fields", "5 key_missing", "5 not_a_date", "6 unclear",
        ])
    }
  }

  /// Where the stages of these tests fail.
  enum Place: String, CaseIterable {
    case reader, open, next, read, step, columns, loader, create, append, finish, publish
  }

  @Test(arguments: Place.allCases)
  func `what an error says is not shown, unless it stands in the source code`(
    place: Place
  ) throws {
    try withTemporaryFolder { folder in
      var project = try SmallProject(
        folder, pipeline: pipeline, files: ["rows.txt": "P1;2024-01-02;12 g\n"])
      for isFixed in [false, true] {
        project.registry = stages(failing: place, isFixed: isFixed)
        var said = project.session().diagnostics.all.map(\.message).joined()
        do {
          let outcome = try project.run(scheme: "kept")
          said += "published \(outcome.target)"
        } catch {
          said += "\(error)"
        }
        #expect(!said.contains("published"))
        #expect(!said.contains("DUPONT"), "\(said)")
        #expect(said.contains(isFixed ? "out of order" : "Failure"), "\(said)")
      }
      let search = LeakSearch(["name": "DUPONT"])
      #expect(try search.found(below: folder) == [])
    }
  }

  @Test(arguments: ["count", "type", "offsets", "encoding"])
  func `a stage that breaks its promise stops the run`(promise: String) throws {
    try withTemporaryFolder { folder in
      var project = try SmallProject(
        folder, pipeline: pipeline, files: ["rows.txt": "P1;2024-01-02;12 g\nP2;2024-01-02;1 g\n"])
      project.registry = stages(breaking: promise)
      let error = try #require(throws: StageError.self) { _ = try project.run() }
      #expect(
        error.description.contains(
          [
            "count": "lengths", "type": "types", "offsets": "do not ascend", "encoding": "UTF-8",
          ][promise] ?? "?"), "\(error)")
    }
  }

  @Test func `a check knows the stages, their settings and what they may see`() throws {
    try withTemporaryFolder { folder in
      let wrong = pipeline.replacing("use: rows", with: "use: row")
        .replacing("use: weigh", with: "use: wiegh")
        .replacing("from: [RESULT]", with: "from: [RESULT, IPP, RESULTS]")
        .replacing("{ GRAMS: integer, STAY: local_key }", with: "{ DAY: integer, STAY: local_key }")
      var project = try SmallProject(folder, pipeline: wrong)
      project.registry = stages()
      let diagnostics = project.session().diagnostics
      let codes = Set(diagnostics.all.map(\.code))
      #expect(
        codes.isSuperset(
          of: [
            "unknown-reader", "unknown-step", "key-in-step", "unknown-column", "duplicate-column",
          ]), "\(codes)")
      #expect(diagnostics.all.contains { $0.hint == "did you mean `weigh`?" })
      project = try SmallProject(
        folder, pipeline: pipeline.replacing("unit: g", with: "unti: g"))
      #expect(Set(project.session().diagnostics.all.map(\.code)).contains("unknown-reader"))
      project.registry = stages()
      #expect(project.session().diagnostics.all.map(\.code).contains("unknown-setting"))
      project = try SmallProject(
        folder, pipeline: pipeline.replacing("GRAMS: integer", with: "GRAMS: text"))
      project.registry = stages()
      #expect(project.session().diagnostics.all.map(\.code).contains("unfit-step"))
    }
  }

  private let pipeline = """
    language: 1
    pipeline: p
    source: { name: P, abbreviation: P }
    extract:
      rows:
        reader: { use: rows, files: rows.txt, encoding: utf-8, settings: { least: "3" } }
        columns: { IPP: identifier, DAY: { date: yyyy-MM-dd }, RESULT: text, NAME: text }
        steps:
          - use: weigh
            from: [RESULT]
            columns: { GRAMS: integer, STAY: local_key }
            settings: { unit: g }
    transform:
      - id: person
        into: person
        from: rows
        person: IPP
        fields: { gender_concept_id: 0, year_of_birth: 1950 }
      - id: weight
        into: observation
        from: rows
        person: IPP
        key: [STAY, DAY]
        fields:
          observation_concept_id: 0
          observation_date: DAY
          observation_type_concept_id: 32817
          value_as_number: GRAMS
          observation_source_value: NAME
    """

  private func stages(
    failing place: Place? = nil, isFixed: Bool = false, breaking promise: String = ""
  ) -> Registry {
    var registry = Registry()
    @Sendable func fail(at here: Place) throws {
      guard here == place else { return }
      if isFixed { throw StageError("out of order") }
      throw Failure(name: "DUPONT")
    }
    registry.register(reader: "rows", settings: ["least"]) { settings in
      try fail(at: .reader)
      return Rows(
        lines: try LineReader(settings) { line, records in
          try fail(at: .read)
          var cells: [[UInt8]] = [[]]
          for index in line.indices {
            if line[index] == UInt8(ascii: ";") {
              cells.append([])
            } else {
              cells[cells.count - 1].append(line[index])
            }
          }
          guard cells.count >= Int(settings.settings["least"] ?? "") ?? 0 else {
            return records.refuse("too_few_fields")
          }
          for (column, cell) in cells.enumerated() { records.set(column, cell.span) }
          records.set(
            3, cells.prefix(2).map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-"))
        }, fail: fail, isBackwards: promise == "offsets")
    }
    registry.register(step: "weigh", settings: ["unit"]) { settings in
      try fail(at: .step)
      guard settings.outputs.map(\.type) == [.integer, .text] else {
        throw StageError("weigh computes an integer and a text")
      }
      return Weigh(fail: fail, promise: promise)
    }
    registry.register(target: "kept") { _ in
      try fail(at: .loader)
      return Kept(fail: fail)
    }
    return Registry.standard.adding(registry)
  }
}

/// An error with a value of a row in it.
private struct Failure: Error {
  var name: String
}

private struct Rows: RecordReader {
  let lines: LineReader
  let fail: @Sendable (PluginTests.Place) throws -> Void
  let isBackwards: Bool

  var parts: [SourcePart] { lines.parts }

  private final class Reader: PartReader {
    let reader: any PartReader
    let fail: @Sendable (PluginTests.Place) throws -> Void

    init(_ reader: any PartReader, fail: @escaping @Sendable (PluginTests.Place) throws -> Void) {
      self.reader = reader
      self.fail = fail
    }

    func next() throws -> (any SourceChunk)? {
      try fail(.next)
      return try reader.next()
    }
  }

  func open(_ part: SourcePart) throws -> any PartReader {
    try fail(.open)
    return Reader(try lines.open(part), fail: fail)
  }

  func read(_ chunk: any SourceChunk, into records: inout Records) throws {
    try lines.read(chunk, into: &records)
    if isBackwards { records.begin(at: 0) }
  }
}

private struct Weigh: Step {
  let fail: @Sendable (PluginTests.Place) throws -> Void
  let promise: String

  func columns(of rows: Batch, refused: inout [RefusedRow]) throws -> [Column] {
    try fail(.columns)
    var grams = ColumnBuilder(promise == "type" ? .date : .integer)
    var stays = ColumnBuilder(.text)
    for row in 0..<rows.count {
      let text = rows.columns[0].texts[row]
      if text == "?" { refused.append(RefusedRow(row, "unclear")) }
      if let number = text.split(separator: " ").first.flatMap({ Int64($0) }) {
        grams.append(lane: number)
      } else {
        grams.appendNull()
      }
      if promise == "encoding" { stays.append(bytes: [0xE9].span) } else { stays.append(text: "s") }
    }
    if promise == "count" { grams.append(lane: 0) }
    return [grams.finish(), stays.finish()]
  }
}

private final class Kept: Loader {
  let fail: (PluginTests.Place) throws -> Void

  init(fail: @escaping (PluginTests.Place) throws -> Void) { self.fail = fail }

  var counts: [String: Int] = [:]

  func create(tables: [CDMTable]) throws {
    try fail(.create)
    for table in tables { counts[table.name] = 0 }
  }

  func append(_ batch: Batch, to table: CDMTable) throws {
    try fail(.append)
    counts[table.name, default: 0] += batch.count
  }

  func finish() throws -> [String: Int] {
    try fail(.finish)
    return counts
  }

  func publish() throws { try fail(.publish) }
  func abandon() {}
}
