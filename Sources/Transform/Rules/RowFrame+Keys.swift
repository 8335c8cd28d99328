internal import Columnar
internal import Expressions
internal import Privacy

extension RowFrame {
  /// The digests of a key, NULL where any part is.
  ///
  /// A single part that is a digest already is its own key, so that the key of a row and a
  /// reference to it meet whichever rule computes them.
  mutating func key(_ plan: KeyPlan, hasher: KeyHasher) -> Column {
    let parts = plan.parts.map { evaluate($0).column }
    if parts.count == 1, case .digests = parts[0].values { return parts[0] }
    let digests = parts.map { RowFrame.digests($0, hasher: hasher) }
    var joined: [Digest] = []
    joined.reserveCapacity(count)
    var known: [[Digest]: Digest] = [:]
    var validity: [Bool] = []
    for row in 0..<count {
      let isValid = parts.allSatisfy { $0.isValid(row) }
      validity.append(isValid)
      guard isValid else {
        joined.append(.zero)
        continue
      }
      if digests.count == 1 {
        joined.append(digests[0][row])
        continue
      }
      let key = digests.map { $0[row] }
      if let digest = known[key] {
        joined.append(digest)
      } else {
        let digest = hasher.combined(key)
        known[key] = digest
        joined.append(digest)
      }
    }
    return Column(.digest, .digests(joined), validity: validity.contains(false) ? validity : nil)
  }

  /// The digests of a column's values: of a number, of the bytes that hold it.
  private static func digests(_ column: Column, hasher: KeyHasher) -> [Digest] {
    switch column.values {
    case .digests(let digests): return digests
    case .text(let texts): return hasher.digests(texts, validity: column.validity)
    case .lanes(let lanes): return numbers(lanes, hasher: hasher)
    case .doubles(let doubles):
      return numbers(doubles.map { Int64(bitPattern: $0.bitPattern) }, hasher: hasher)
    }
  }

  private static func numbers(_ lanes: [Int64], hasher: KeyHasher) -> [Digest] {
    var known: [Int64: Digest] = [:]
    return lanes.map { lane in
      if let digest = known[lane] { return digest }
      let digest = hasher.digest((0..<8).map { UInt8(truncatingIfNeeded: lane >> ($0 * 8)) })
      known[lane] = digest
      return digest
    }
  }
}
