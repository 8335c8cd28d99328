import Diagnostics
import Testing

@testable import Pipelines

struct YAMLFileTests {
  /// The tree of a text, and what was said about it as `code line:column`.
  private func parse(_ text: String) -> (root: YAMLNode?, said: [String]) {
    var diagnostics = DiagnosticList()
    let root = YAMLFile.parse(Array(text.utf8), path: "p.yaml", diagnostics: &diagnostics)
    return (
      root,
      diagnostics.sorted.map {
        "\($0.code) \($0.position?.line ?? 0):\($0.position?.column ?? 0)"
      }
    )
  }

  @Test func `knows where keys, scalars, lists and mappings begin`() throws {
    let marked = MarkedText(
      """
      # a comment
      1️⃣name: 2️⃣hcl
      list: 3️⃣[ 4️⃣one, 5️⃣"two" ]
      map:
        6️⃣inner: 7️⃣{ x: 8️⃣'y' }
      """)
    let (root, said) = parse(marked.text)
    let node = try #require(root)
    #expect(said.isEmpty)
    #expect(node.entries[0].key.position == marked.marks[1])
    #expect(node["name"]?.position == marked.marks[2])
    #expect(node["list"]?.position == marked.marks[3])
    #expect(node["list"]?.items.first?.position == marked.marks[4])
    #expect(node["list"]?.items.last?.position == marked.marks[5])
    #expect(node["map"]?.position == marked.marks[6])
    #expect(node["map"]?["inner"]?.position == marked.marks[7])
    #expect(node["map"]?["inner"]?["x"]?.position == marked.marks[8])
  }

  @Test(arguments: [
    ("v: upper(CODE)", 6, "1:10"), ("v: 'upper(CODE)'", 6, "1:11"),
    ("v: \"upper(CODE)\"", 6, "1:11"), ("v: 'a = ''b'' or c'", 11, "1:18"),
    (#"v: "a = \"b\" or c""#, 11, "1:18"), (#"v: "\u00e9\x41 c""#, 3, "1:16"),
    ("v: |\n  upper(\n    CODE)", 9, "3:5"), ("v: >-\n  upper(\n  CODE)", 7, "3:3"),
    ("v: upper(\n   CODE)", 7, "2:4"), ("v: \"upper(\\\n   CODE)\"", 6, "2:4"),
    ("v: e\u{301}te\u{301} = 1", 4, "1:8"), ("e\u{301}: ete = 1", 4, "1:8"),
    ("v: abc", 3, "1:7"), ("v: 'abc'", 3, "1:8"), ("v: 'abc'", 99, "1:8"),
    ("v: |  # why\n\n  a\n\n  b", 4, "5:3"),
  ])
  func `knows where the characters of a scalar stand in the file`(
    _ text: String, _ offset: Int, _ place: String
  ) throws {
    let scalar = try #require(parse(text).root?.entries.first?.value.scalar)
    let position = scalar.position(at: offset)
    #expect("\(position.line):\(position.column)" == place, "of \(scalar.text)")
  }

  @Test(arguments: [
    ("v: abc", 3), ("v: 'abc'", 5), ("v: \"abc\"  # d", 5), ("v: abc\n   def", 3),
    ("v: |\n  abc", 1),
    ("v: 'it''s'", 7), ("v: ", 1),
  ])
  func `knows how long a scalar is on its first line`(_ text: String, _ length: Int) throws {
    #expect(try #require(parse(text).root?.entries.first?.value.length) == length)
  }

  @Test func `tells every key that stands twice and keeps the first`() {
    let marked = MarkedText(
      """
      a: 1
      b: { x: 1, 1️⃣x: 2, y: 3 }
      2️⃣a: 2
      "c": 1
      3️⃣c: 2
      4️⃣a: 3
      """)
    let (root, said) = parse(marked.text)
    let places = (1...4).compactMap { marked.marks[$0] }
    #expect(said == places.map { "duplicate-key \($0.line):\($0.column)" })
    #expect(root?["a"]?.scalar?.text == "1")
    #expect(root?["b"]?["x"]?.scalar?.text == "1")
    #expect(root?["b"]?.entries.map(\.key.text) == ["x", "y"])
    #expect(root?["c"]?.scalar?.text == "1")
  }

  @Test(arguments: [
    "1️⃣", "a: [1, 2\nb: 1️⃣3", "a: b1️⃣: c", "a:\n1️⃣\tb: c", "a: 1️⃣@b", "a: 1\n 1️⃣b: 2\n",
    "a: 1️⃣*b", "a: 1️⃣!!str c", "a: 1\n1️⃣---\nb: 2", "1️⃣{ ? [a] : b }",
    "a: 1️⃣\"b", "a: x1️⃣\u{1}y",
  ])
  func `tells a mistake of syntax with its place`(_ marked: String) throws {
    let text = MarkedText(marked)
    let (_, said) = parse(text.text)
    #expect(said.count == 1 && said[0].hasPrefix("yaml-syntax "), "\(said)")
    let place = try #require(text.marks[1])
    // libyaml points at the end of an unclosed bracket or quote; the line is what matters there.
    #expect(said[0].split(separator: " ")[1].split(separator: ":")[0] == "\(place.line)", "\(said)")
  }

  @Test func `tells the place of the first byte that is not UTF-8`() {
    var diagnostics = DiagnosticList()
    let bytes = Array("a: é\nnom: h".utf8) + [0xF4, 0x70]
    #expect(YAMLFile.parse(bytes, path: "p.yaml", diagnostics: &diagnostics) == nil)
    #expect(diagnostics.all.map(\.code) == ["yaml-encoding"])
    #expect(diagnostics.all[0].position == Position(file: "p.yaml", line: 2, column: 7))
  }

  @Test func `follows aliases to the place of their anchors`() throws {
    let marked = MarkedText("a: &x 1️⃣{ b: 2️⃣c }\nd: &y 3️⃣e\nf: *x\ng: [*y, *y]")
    let (root, said) = parse(marked.text)
    #expect(said.isEmpty)
    #expect(root?["f"]?.position == marked.marks[1])
    #expect(root?["f"]?["b"]?.scalar?.position(at: 0) == marked.marks[2])
    #expect(root?["g"]?.items.last?.position == marked.marks[3])
    #expect(root?["g"]?.items.first?.scalar?.length == 1)
  }

  @Test func `refuses aliases that grow without bound`() {
    var text = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*l\(level - 1)", count: 10).joined(separator: ", ")
      text += "l\(level): &l\(level) [\(aliases)]\n"
    }
    #expect(parse(text).said == ["yaml-syntax 1:1"])
  }

  @Test func `skips a byte order mark and reads CR LF`() {
    let (root, said) = parse("\u{FEFF}a: 1\r\nb: x\r\n")
    #expect(said.isEmpty)
    #expect(root?["b"]?.position == Position(file: "p.yaml", line: 2, column: 4))
  }

  @Test(arguments: [
    ("a: ", true), ("a: ~", true), ("a: null", true), ("a: ''", false), ("a: 'null'", false),
    ("a: 0", false),
  ])
  func `knows null from text`(_ text: String, _ isNull: Bool) {
    #expect(parse(text).root?["a"]?.isNull == isNull)
  }

  @Test(arguments: ["[", "{a: ", "- ", "? ", "a:\n", "'", "&a [*a,"])
  func `survives deep nesting`(_ piece: String) {
    let (root, said) = parse(String(repeating: piece, count: 1_100))
    #expect(root != nil || !said.isEmpty)
  }

  @Test(arguments: 0..<200)
  func `never traps on random bytes`(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabet: [UInt8] = Array("ab:-?[]{},&*!|>'\"%@#\n \t\\\r~0é".utf8) + [0, 0x80, 0xFF]
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0...80, using: &generator) {
      if let byte = alphabet.randomElement(using: &generator) { bytes.append(byte) }
    }
    var diagnostics = DiagnosticList()
    let root = YAMLFile.parse(bytes, path: "p.yaml", diagnostics: &diagnostics)
    if root == nil { #expect(diagnostics.hasErrors) }
    root.map { walk($0) }
  }

  /// Asks every scalar for all its places.
  private func walk(_ node: YAMLNode) {
    if let scalar = node.scalar {
      for offset in 0...scalar.text.count { #expect(scalar.position(at: offset).line >= 1) }
      #expect(scalar.length >= 1)
    }
    if case .list(let items) = node.content { items.forEach(walk) }
    node.entries.forEach { walk($0.value) }
  }
}
