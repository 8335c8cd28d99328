import Columnar
import Foundation
import TestSupport
import Testing

@Suite struct TextGatherTests {
  @Test func `texts of all lengths are copied whole and in order`() {
    let source = (0..<200).map { UInt8($0) }
    var starts: [UInt32] = []
    var ends: [UInt32] = []
    for length in 0..<40 {
      for start in [0, 7, 100, 200 - length] {
        starts.append(UInt32(start))
        ends.append(UInt32(start + length))
      }
    }
    let texts = TextArray(copying: source.span, from: starts.span, to: ends.span)
    #expect(texts.count == starts.count)
    for row in starts.indices {
      #expect(
        Array(texts.bytes[texts.range(row)]) == Array(source[Int(starts[row])..<Int(ends[row])]))
    }
  }

  @Test func `no texts make an empty array`() {
    let none: [UInt32] = []
    let source: [UInt8] = [1, 2]
    let texts = TextArray(copying: source.span, from: none.span, to: none.span)
    #expect(texts == TextArray())
  }

  @Test func `a pattern names the files that match it in the order of their bytes`() throws {
    try withTemporaryFolder { folder in
      for name in ["b_2.csv", "b_10.csv", "a.csv", "b_1.txt", "é.csv"] {
        try Data().write(to: folder.appendingPathComponent(name))
      }
      let sub = folder.appendingPathComponent("b_sub.csv")
      try FileManager.default.createDirectory(at: sub, withIntermediateDirectories: false)
      let names = { (pattern: String) in
        filesMatching(folder.path + "/" + pattern).map {
          String($0.dropFirst(folder.path.count + 1))
        }
      }
      #expect(names("*.csv") == ["a.csv", "b_10.csv", "b_2.csv", "é.csv"])
      #expect(names("b_?.[ct]*") == ["b_1.txt", "b_2.csv"])
      #expect(names("a.csv") == ["a.csv"])
      #expect(names("none*.csv") == [])
      #expect(names("b_sub.csv") == [])
    }
  }

  @Test func `a file's bytes are appended block by block`() throws {
    try withTemporaryFolder { folder in
      let content = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
      let place = folder.appendingPathComponent("in")
      try Data(content).write(to: place)
      for size in [1, 7, 999, 1000, 4096] {
        var reader = try FileReader(path: place.path)
        var read: [UInt8] = [42]
        while try reader.read(size, appendingTo: &read) == size {}
        #expect(read == [42] + content)
      }
    }
  }
}
