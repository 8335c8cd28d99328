package import Columnar

/// A value of a row as a test writes it: a literal, `nil`, or a cell that its extractor refused.
package enum Cell: Hashable, Sendable {
  case null
  case lane(Int64)
  case double(Double)
  case text(String)
  case digest(Digest)
  /// A cell that could not become a value, with the reason code.
  case rejected(String)
}

extension Cell: ExpressibleByNilLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  package init(nilLiteral: ()) { self = .null }
  package init(integerLiteral value: Int64) { self = .lane(value) }
  package init(stringLiteral value: String) { self = .text(value) }
}

extension Cell {
  /// A digest that stands for a key of a test, spread over all buckets.
  package static func key(_ name: String) -> Cell { .digest(Digest(name: name)) }

  func append(to builder: inout ColumnBuilder) {
    switch self {
    case .null, .rejected: builder.appendNull()
    case .lane(let lane): builder.append(lane: lane)
    case .double(let double): builder.append(double: double)
    case .text(let text): builder.append(text: text)
    case .digest(let digest): builder.append(digest: digest)
    }
  }
}

extension Digest {
  /// A digest that stands for a key of a test, spread over all buckets.
  package init(name: String) {
    let bytes = Array(name.utf8)
    let hash = KeyIndex.hash(bytes.span)
    self.init(
      KeyIndex.mix(hash), KeyIndex.mix(hash ^ 1), KeyIndex.mix(hash ^ 2), KeyIndex.mix(hash ^ 3))
  }
}

extension Column {
  /// A column of cells.
  package init(_ type: ColumnType, cells: [Cell]) {
    var builder = ColumnBuilder(type, capacity: cells.count)
    for cell in cells { cell.append(to: &builder) }
    self = builder.finish()
  }

  /// A row's value as a test reads it; `nil` for NULL.
  ///
  /// Numbers of all exact types read alike, so that a scale changes nothing.
  package func written(_ row: Int) -> String? {
    guard isValid(row) else { return nil }
    switch type {
    case .text: return texts[row]
    case .double: return doubles[row].description
    case .digest: return digests[row].base64URL
    case .decimal(let scale):
      let unit = (0..<scale).reduce(1.0) { power, _ in power * 10 }
      return (Double(lanes[row]) / unit).description
    default: return lanes[row].description
    }
  }
}
