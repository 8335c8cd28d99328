import Columnar
import EngineTestSupport
import TestSupport
import Testing

/// Blocks are what the shuffle spills: every type, with and without NULLs, must come back.
@Suite struct BlockCodecTests {
  private static let types: [ColumnType] = [
    .boolean, .integer, .double, .decimal(scale: 3), .text, .date, .timestamp, .digest,
  ]

  private func batch(_ count: Int, nulls: Bool, _ random: inout SeededGenerator) -> Batch {
    let schema = Schema(Self.types.map { Field($0.description, $0) })
    let columns = Self.types.map { type in
      Column(
        type,
        cells: (0..<count).map { _ -> Cell in
          if nulls, Bool.random(using: &random) { return .null }
          switch type {
          case .text:
            return .text(String(repeating: "œ", count: Int.random(in: 0..<5, using: &random)))
          case .double: return .double(Double(Int64.random(in: .min ... .max, using: &random)))
          case .digest: return .digest(Digest(name: "\(random.next())"))
          default: return .lane(Int64.random(in: .min ... .max, using: &random))
          }
        })
    }
    return Batch(schema, columns, count: count)
  }

  private func lines(_ batch: Batch) -> [[String?]] {
    (0..<batch.count).map { row in
      batch.columns.map { column in
        if case .lanes(let lanes) = column.values {
          return column.isValid(row) ? lanes[row].description : nil
        }
        return column.written(row)
      }
    }
  }

  private func write(_ batch: Batch, tag: Int = 7, to writer: inout BlockWriter) {
    writer.write(batch, rows: Array(0..<Int32(batch.count))[...], tag: tag)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `a run of blocks is read as it was written`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let given = [0, 1, 17, 0, 256, 3].map { count in
      batch(count, nulls: Bool.random(using: &random), &random)
    }
    var writer = BlockWriter()
    for (tag, batch) in given.enumerated() { write(batch, tag: tag, to: &writer) }
    var reader = BlockReader(writer.bytes)
    for (tag, batch) in given.enumerated() {
      #expect(reader.nextTag()?.tag == tag)
      let read = reader.next(batch.schema)
      #expect(lines(read) == lines(batch))
      #expect(read.columns.map(\.type) == batch.columns.map(\.type))
    }
    #expect(reader.nextTag() == nil)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `some rows of a batch are written in the order given, and others passed by`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let given = batch(40, nulls: Bool.random(using: &random), &random)
    let rows = Array((0..<Int32(40)).shuffled(using: &random).prefix(25))
    var writer = BlockWriter()
    write(given, tag: 1, to: &writer)
    writer.write(given, rows: rows[5...], tag: 2)
    var reader = BlockReader(writer.bytes)
    if let (_, length) = reader.nextTag() { reader.skip(length) }
    #expect(reader.nextTag()?.tag == 2)
    let all = lines(given)
    #expect(lines(reader.next(given.schema)) == rows[5...].map { all[Int($0)] })
  }

  @Test func `what all rows have or none has comes back`() {
    let schema = Schema(Self.types.map { Field($0.description, $0) })
    let none = Batch(schema, Self.types.map { .nulls($0, count: 9) }, count: 9)
    let one = none.columns.map { column -> Column in
      guard case .lanes = column.values else { return column }
      return .constant(-3, type: column.type, count: 9)
    }
    let mixed = none.columns.map { column -> Column in
      guard case .lanes = column.values else { return column }
      return Column(
        column.type, .lanes([Int64](repeating: 4, count: 9)),
        validity: (0..<9).map { $0 % 2 == 0 })
    }
    var writer = BlockWriter()
    let given = [none, Batch(schema, one, count: 9), Batch(schema, mixed, count: 9)]
    for batch in given { write(batch, to: &writer) }
    #expect(writer.bytes.count < 1_000)
    var reader = BlockReader(writer.bytes)
    for batch in given {
      #expect(reader.nextTag()?.tag == 7)
      #expect(lines(reader.next(schema)) == lines(batch))
    }
  }

  @Test func `a column that shares its bytes with a longer one is written by its own texts`() {
    let texts = TextArray(bytes: Array("abcdef".utf8), ends: [1, 3])
    let schema = Schema([Field("t", .text), Field("n", .integer)])
    let given = Batch(
      schema, [Column(.text, .text(texts)), Column(.integer, .lanes([1, 2]))], count: 2)
    var writer = BlockWriter()
    write(given, to: &writer)
    var reader = BlockReader(writer.bytes)
    #expect(reader.nextTag()?.tag == 7)
    #expect(lines(reader.next(schema)) == [["a", "1"], ["bc", "2"]])
    #expect(reader.nextTag() == nil)
  }
}
