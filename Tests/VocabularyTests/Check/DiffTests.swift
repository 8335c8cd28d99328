import TestSupport
import Testing

@testable import Vocabulary

/// The diff of the changes of a file.
@Suite struct DiffTests {
  private func fixes(_ text: String, _ changes: [(old: String, new: String)]) throws -> MappingFixes
  {
    var fixes = MappingFixes(path: "map.csv", bytes: Array(text.utf8))
    for (old, new) in changes {
      let range = try #require(text.firstRange(of: old))
      let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
      fixes.add(
        MappingFix(range: start..<start + old.utf8.count, replacement: Array(new.utf8)))
    }
    return fixes
  }

  @Test func `lines stand with three others around them, and far ones apart`() throws {
    let text = (1...20).map { "row \($0).\n" }.joined() + "last"
    let fixes = try fixes(text, [("row 2.", "ROW 2"), ("row 5.\n", ""), ("last", "LAST")])
    #expect(
      fixes.diff() == """
        --- map.csv
        +++ map.csv
        @@ -1,8 +1,7 @@
         row 1.
        -row 2.
        +ROW 2
         row 3.
         row 4.
        -row 5.
         row 6.
         row 7.
         row 8.
        @@ -18,4 +17,4 @@
         row 18.
         row 19.
         row 20.
        -last
        \\ No newline at end of file
        +LAST
        \\ No newline at end of file

        """)
    #expect(try self.fixes(text, []).diff().isEmpty)
  }

  @Test(arguments: 0..<200)
  func `the diff makes the new file of the old one`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...40, using: &random)
    var text = (0..<count).map { "\($0) \(Int.random(in: 0..<3, using: &random))\n" }.joined()
    if Bool.random(using: &random) { text.removeLast() }
    let bytes = Array(text.utf8)
    var fixes = MappingFixes(path: "map.csv", bytes: bytes)
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      let start = Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, start + Int.random(in: 0...9, using: &random))
      let new = (0..<Int.random(in: 0...3, using: &random)).map { _ in UInt8(ascii: "x") }
      fixes.add(MappingFix(range: start..<end, replacement: new))
    }
    let patched = patch(text, fixes.diff())
    #expect(patched == String(decoding: fixes.fixed, as: UTF8.self), "\(fixes.diff())")
  }

  /// Applies a unified diff, as patch(1) would, without any tolerance.
  private func patch(_ text: String, _ diff: String) -> String {
    func lines(_ text: String) -> [String] {
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { "\($0)\n" }
      let last = lines.removeLast()
      return last == "\n" ? lines : lines + [String(last.dropLast())]
    }
    let old = lines(text)
    var new: [String] = []
    var place = 0
    var body = lines(diff).dropFirst(2)[...]
    while let line = body.popFirst() {
      if line.hasPrefix("@@") {
        let start = Int(line.dropFirst(4).prefix { $0 != "," }) ?? -1
        let count = Int(line.drop { $0 != "," }.dropFirst().prefix { $0 != " " }) ?? -1
        let first = count == 0 ? start : start - 1
        new += old[place..<first]
        place = first
        continue
      }
      var content = String(line.dropFirst())
      if body.first?.hasPrefix("\\") == true {
        content.removeLast()
        _ = body.popFirst()
      }
      if line.hasPrefix("+") {
        new.append(content)
        continue
      }
      #expect(old[place] == content)
      place += 1
      if line.hasPrefix(" ") { new.append(content) }
    }
    return (new + old[place...]).joined()
  }
}
