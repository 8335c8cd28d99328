import EcluseKit
import Foundation
import LabStages
import Testing

struct LabStagesTests {
  @Test func `members become cells, whatever their order`() throws {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("lab-\(UUID().uuidString).ndjson")
    let lines = [
      #"{"id": "r1", "result": 4.10, "more": [1]}"#, #"{"result": "x", "id": "r2"}"#,
      #"{"id": ["r3"]}"#, "no object", #"{"id": null, "result": true}"#,
    ]
    try Data(lines.joined(separator: "\n").utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let reader = try NDJSON.reader(
      ReaderSettings(files: [file.path], columns: ["id", "result"]))
    let records = try reader.records(columns: ["id", "result"])
    let cells = records.flatMap { some in
      (0..<some.count).map { [some[$0, 0], some[$0, 1]] }
    }
    #expect(cells == [["r1", "4.1"], ["r2", "x"], ["", "true"]])
    #expect(records.flatMap(\.refused).map(\.reason) == ["nested_value", "not_an_object"])
  }

  @Test(arguments: [
    ("5.4 mmol/L", 5_400_000, "mmol/L"), ("140 g / L", 140_000_000, "g / L"),
    ("0.95 g/L", 950_000, "g/L"), ("negative", nil, nil), ("1.2.3 g", nil, nil), ("", nil, nil),
    (" 5 g", nil, nil), ("1.2345678 g", nil, nil),
  ])
  func `a quantity is parted where it has a number`(
    text: String, amount: Int64?, unit: String?
  ) throws {
    let step = try SplitQuantity(
      StepSettings(
        inputs: [Field("R", .text)],
        outputs: [Field("A", .decimal(scale: 6)), Field("U", .text)],
        settings: StageSettings([:])))
    var refused: [RefusedRow] = []
    let rows = Batch(
      Schema([Field("R", .text)]), [Column(.text, .text(TextArray([text])))], count: 1)
    let columns = try step.columns(of: rows, refused: &refused)
    #expect(refused == [])
    #expect((columns[0].isValid(0) ? columns[0].lanes[0] : nil) == amount)
    #expect((columns[1].isValid(0) ? columns[1].texts[0] : nil) == unit)
  }

  @Test func `columns of other types are refused before anything is read`() {
    #expect(throws: StageError.self) {
      try SplitQuantity(
        StepSettings(
          inputs: [Field("R", .integer)], outputs: [], settings: StageSettings([:])))
    }
  }
}
