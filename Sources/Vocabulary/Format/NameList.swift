import Columnar

/// The few names of domains, vocabularies or classes, by the order of their arrival.
struct NameList: Sendable {
  private var index = KeyIndex()
  /// The last answer: rows of one vocabulary stand together.
  private var last = -1

  /// The most names of a kind; their positions are stored in 16 bits.
  static let limit = 65_535

  init() {}

  var count: Int { index.count }

  var names: [String] { (0..<index.count).map { index.keys[$0] } }

  /// The position of a name, which is added when it is new; `nil` when there are too many.
  mutating func insert(_ name: Span<UInt8>) -> UInt16? {
    if last >= 0, index.keys.isEqual(last, name) { return UInt16(last) }
    let position = index.insert(name)
    guard position < NameList.limit else { return nil }
    last = position
    return UInt16(position)
  }

  mutating func insert(_ name: String) -> UInt16? {
    let bytes = Array(name.utf8)
    return insert(bytes.span)
  }

  /// Adds the names of another list; the new position of each of them, `nil` when there are too many.
  mutating func merge(_ other: NameList) -> [UInt16]? {
    var positions: [UInt16] = []
    for name in 0..<other.count {
      guard let position = insert(other.index.keys.span(name)) else { return nil }
      positions.append(position)
    }
    return positions
  }

  /// Brings the names into the order of their bytes; the new position of each former position.
  mutating func sort() -> [UInt16] {
    let keys = index.keys
    let order = (0..<keys.count).sorted { keys.order($0, keys, $1) < 0 }
    var sorted = NameList()
    var positions = [UInt16](repeating: 0, count: keys.count)
    for old in order { positions[old] = sorted.insert(keys.span(old)) ?? 0 }
    self = sorted
    return positions
  }
}

extension TextArray {
  fileprivate func isEqual(_ row: Int, _ other: Span<UInt8>) -> Bool {
    let text = span(row)
    guard text.count == other.count else { return false }
    for index in text.indices where text[index] != other[index] { return false }
    return true
  }
}
