/// Writes batches as blocks of bytes and reads them back: the form of everything that is spilled.
///
/// A block holds no schema, only what a reader that knows the schema needs: the row count, then for
/// each column a flag for validity, the validity bytes, and the values in the machine's byte order
/// (blocks live for one run on one machine). Texts are their ends, then their byte count and bytes.
package struct BlockWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  /// - Parameter capacity: about how many bytes will be written.
  package init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  package mutating func write(_ batch: Batch) {
    write(UInt64(batch.count))
    for column in batch.columns { write(column) }
  }

  /// Writes a batch behind a number that says what it is and its length, so that a reader may pass
  /// it by.
  package mutating func write(_ batch: Batch, tag: Int) {
    write(UInt64(tag))
    var body = BlockWriter(capacity: batch.byteCount + 16 * batch.columns.count)
    body.write(batch)
    write(UInt64(body.bytes.count))
    bytes.append(contentsOf: body.bytes)
  }

  private mutating func write(_ column: Column) {
    if let validity = column.validity {
      bytes.append(1)
      bytes.append(contentsOf: validity.lazy.map { $0 ? 1 : 0 })
    } else {
      bytes.append(0)
    }
    switch column.values {
    case .lanes(let lanes): write(array: lanes)
    case .doubles(let doubles): write(array: doubles)
    case .digests(let digests): write(array: digests)
    case .text(let texts):
      write(array: texts.ends)
      let used = Int(texts.ends.last ?? 0)
      bytes.append(contentsOf: texts.bytes[0..<used])
    }
  }

  private mutating func write(_ value: UInt64) { write(array: [value]) }

  private mutating func write<Element: BitwiseCopyable>(array: [Element]) {
    unsafe array.span.bytes.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }
}

/// Reads the batches that a `BlockWriter` wrote, in order.
package struct BlockReader: Sendable {
  private let bytes: [UInt8]
  private var position: Int
  private let end: Int

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = 0
    end = bytes.count
  }

  /// The next batch, or `nil` at the end; a block that was cut short is a programmer error.
  package mutating func next(_ schema: Schema) -> Batch? {
    guard position < end else { return nil }
    let count = Int(read(UInt64.self, count: 1)[0])
    let columns = schema.fields.map { readColumn($0.type, count: count) }
    return Batch(schema, columns, count: count)
  }

  /// The number before the next batch and the length of that, or `nil` at the end.
  package mutating func nextTag() -> (tag: Int, length: Int)? {
    guard position < end else { return nil }
    let words = read(UInt64.self, count: 2)
    return (Int(words[0]), Int(words[1]))
  }

  /// Passes by the next bytes.
  package mutating func skip(_ length: Int) { position += length }

  private mutating func readColumn(_ type: ColumnType, count: Int) -> Column {
    let flag = bytes[position]
    position += 1
    var validity: [Bool]?
    if flag == 1 {
      validity = bytes[position..<position + count].map { $0 == 1 }
      position += count
    }
    let values: Column.Values
    switch type {
    case .text:
      let ends = read(UInt32.self, count: count)
      let used = Int(ends.last ?? 0)
      let text = Array(bytes[position..<position + used])
      position += used
      values = .text(TextArray(bytes: text, ends: ends))
    case .double: values = .doubles(read(Double.self, count: count))
    case .digest: values = .digests(read(Digest.self, count: count))
    default: values = .lanes(read(Int64.self, count: count))
    }
    return Column(type, values, validity: validity)
  }

  private mutating func read<Element: BitwiseCopyable>(
    _ type: Element.Type, count: Int
  ) -> [Element] {
    let size = MemoryLayout<Element>.stride * count
    precondition(position + size <= end, "a block was cut short")
    let values = unsafe [Element](unsafeUninitializedCapacity: count) { target, initialized in
      unsafe bytes.span.bytes.withUnsafeBytes { source in
        if count > 0 {
          let part = unsafe UnsafeRawBufferPointer(rebasing: source[position..<position + size])
          unsafe UnsafeMutableRawBufferPointer(target).copyMemory(from: part)
        }
      }
      initialized = count
    }
    position += size
    return values
  }
}
