extension Column {
  /// About the bytes that the column's values occupy in memory.
  package var byteCount: Int {
    let valid = validity?.count ?? 0
    switch values {
    case .lanes(let lanes): return valid + lanes.count * 8
    case .doubles(let doubles): return valid + doubles.count * 8
    case .digests(let digests): return valid + digests.count * 32
    case .text(let texts): return valid + texts.count * 4 + texts.bytes.count
    }
  }
}

extension Batch {
  /// About the bytes that the batch's values occupy in memory.
  package var byteCount: Int { columns.reduce(64) { $0 + $1.byteCount } }
}
