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

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `a run of blocks is read as it was written`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let given = [0, 1, 17, 0, 256, 3].map { count in
      batch(count, nulls: Bool.random(using: &random), &random)
    }
    var writer = BlockWriter()
    for batch in given { writer.write(batch) }
    var reader = BlockReader(writer.bytes)
    for batch in given {
      let read = reader.next(batch.schema)
      #expect(read.map { lines($0) } == lines(batch))
      #expect(read?.columns.map(\.type) == batch.columns.map(\.type))
    }
    let end = reader.next(given[0].schema)
    #expect(end?.count == nil)
  }

  @Test func `a column that shares its bytes with a longer one is written by its own texts`() {
    let texts = TextArray(bytes: Array("abcdef".utf8), ends: [1, 3])
    let schema = Schema([Field("t", .text), Field("n", .integer)])
    let given = Batch(
      schema, [Column(.text, .text(texts)), Column(.integer, .lanes([1, 2]))], count: 2)
    var writer = BlockWriter()
    writer.write(given)
    var reader = BlockReader(writer.bytes)
    let read = reader.next(schema)
    #expect(read.map { lines($0) } == [["a", "1"], ["bc", "2"]])
    let end = reader.next(schema)
    #expect(end?.count == nil)
  }
}
