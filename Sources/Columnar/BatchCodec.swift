/// How the values of a column lie in a block.
private enum BlockForm: UInt8 {
  /// All rows have values of their own.
  case values = 0
  /// A byte for each row says whether it has a value, then come the values.
  case nullable = 1
  /// No row has a value; nothing follows.
  case nulls = 2
  /// All rows have one number, which follows.
  case constant = 3
}

/// Writes batches as blocks of bytes and reads them back: the form of everything that is spilled.
///
/// A block holds no schema, only what a reader that knows the schema needs: a number that says what it
/// is, its length, the row count, then for each column its `BlockForm` and the values in the machine's
/// byte order (blocks live for one run on one machine). Texts are their ends, then their bytes.
package struct BlockWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  // Values on their way, kept for the next block: most blocks have few rows.
  private var lanes: [Int64] = []
  private var digests: [Digest] = []
  private var ends: [UInt32] = []
  private var flags: [UInt8] = []

  /// - Parameter capacity: about how many bytes will be written.
  package init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// Writes some rows of a batch.
  ///
  /// - Parameters:
  ///   - batch: the batch.
  ///   - rows: the positions of the rows, in the order in which they are written.
  ///   - tag: a number that says what the block is, so that a reader may pass it by.
  package mutating func write(_ batch: Batch, rows: ArraySlice<Int32>, tag: Int) {
    write(array: [UInt64(tag)])
    let place = bytes.count
    write(array: [UInt64(0), UInt64(rows.count)])
    for column in batch.columns { write(column, rows) }
    let length = UInt64(bytes.count - place - 8)
    for byte in 0..<8 { bytes[place + byte] = UInt8(truncatingIfNeeded: length >> (8 * byte)) }
  }

  private mutating func write(_ column: Column, _ rows: ArraySlice<Int32>) {
    if let validity = column.validity {
      flags.removeAll(keepingCapacity: true)
      var valid = 0
      for row in rows {
        let isValid = validity[Int(row)]
        flags.append(isValid ? 1 : 0)
        valid += isValid ? 1 : 0
      }
      if valid == 0 { return bytes.append(BlockForm.nulls.rawValue) }
      if valid < rows.count {
        bytes.append(BlockForm.nullable.rawValue)
        write(array: flags)
        return writeValues(column, rows, form: nil)
      }
    }
    writeValues(column, rows, form: .values)
  }

  /// Writes the values, behind the form unless that is written.
  private mutating func writeValues(
    _ column: Column, _ rows: ArraySlice<Int32>, form: BlockForm?
  ) {
    switch column.values {
    case .lanes(let values):
      lanes.removeAll(keepingCapacity: true)
      let first = rows.first.map { values[Int($0)] } ?? 0
      var isConstant = form != nil && !rows.isEmpty
      for row in rows {
        let value = values[Int(row)]
        isConstant = isConstant && value == first
        lanes.append(value)
      }
      if isConstant {
        bytes.append(BlockForm.constant.rawValue)
        return write(array: [first])
      }
      if let form { bytes.append(form.rawValue) }
      write(array: lanes)
    case .doubles(let values):
      if let form { bytes.append(form.rawValue) }
      lanes.removeAll(keepingCapacity: true)
      for row in rows { lanes.append(Int64(bitPattern: values[Int(row)].bitPattern)) }
      write(array: lanes)
    case .digests(let values):
      if let form { bytes.append(form.rawValue) }
      digests.removeAll(keepingCapacity: true)
      for row in rows { digests.append(values[Int(row)]) }
      write(array: digests)
    case .text(let texts):
      if let form { bytes.append(form.rawValue) }
      ends.removeAll(keepingCapacity: true)
      var end: UInt32 = 0
      for row in rows {
        end += UInt32(texts.range(Int(row)).count)
        ends.append(end)
      }
      write(array: ends)
      for row in rows {
        let text = texts.span(Int(row))
        unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
      }
    }
  }

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

  /// The batch behind the number that was read; a block that was cut short is a programmer error.
  package mutating func next(_ schema: Schema) -> Batch {
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
    let form = BlockForm(rawValue: bytes[position])
    position += 1
    var validity: [Bool]?
    switch form {
    case .nulls: return .nulls(type, count: count)
    case .constant:
      return .constant(read(Int64.self, count: 1)[0], type: type, count: count)
    case .nullable:
      validity = bytes[position..<position + count].map { $0 == 1 }
      position += count
    case .values, nil: break
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
