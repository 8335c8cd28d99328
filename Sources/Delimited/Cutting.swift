import Columnar

/// The fields of a chunk while it is being cut, quotes and all.
struct Cutting {
  private let bytes: [UInt8]
  private let offset: Int64
  private let fieldCount: Int
  private(set) var starts: [UInt32]
  private(set) var ends: [UInt32]
  private(set) var offsets: [Int64] = []
  private(set) var refused: [RefusedRecord] = []
  private(set) var blankLines = 0

  /// Places are those of the file, unless they are counted from 0 in the chunk.
  init(_ chunk: Chunk, capacity: Int, countedFrom offset: Int64, _ buffers: inout TokenBuffers) {
    bytes = chunk.bytes
    self.offset = offset
    fieldCount = chunk.fieldCount
    starts = TokenBuffers.take(&buffers.starts, count: capacity)
    ends = TokenBuffers.take(&buffers.ends, count: capacity)
    offsets.reserveCapacity(capacity / max(1, fieldCount) + 1)
  }

  mutating func cut(at masks: Span<UInt64>) {
    // Out of `self` while they are written through spans.
    var (starts, ends, offsets) = (self.starts, self.ends, self.offsets)
    (self.starts, self.ends, self.offsets) = ([], [], [])
    let bytes = self.bytes
    let input = bytes.span
    let fieldCount = fieldCount
    let offset = offset
    var startSpan = starts.mutableSpan
    var endSpan = ends.mutableSpan
    var out = 0
    var first = 0
    var fieldStart = 0
    var recordStart = 0
    var word = 0
    while word < masks.count {
      var separators = masks[word]
      let lineFeeds = masks[word + 2]
      let place = word / 3 * 64
      while separators != 0 {
        let bit = separators.trailingZeroBitCount
        separators &= separators - 1
        let position = place + bit
        startSpan[out] = UInt32(truncatingIfNeeded: fieldStart)
        endSpan[out] = UInt32(truncatingIfNeeded: position)
        out += 1
        if lineFeeds >> UInt64(bit) & 1 != 0 {
          let end = position > fieldStart && input[position - 1] == 13 ? position - 1 : position
          endSpan[out - 1] = UInt32(truncatingIfNeeded: end)
          if out - first == fieldCount && (fieldCount > 1 || end > fieldStart) {
            offsets.append(offset + Int64(recordStart))
          } else {
            refuse(recordStart, end, isBlank: recordStart == end)
            out = first
          }
          first = out
          recordStart = position + 1
        }
        fieldStart = position + 1
      }
      word += 3
    }
    if recordStart < bytes.count {
      // The last record of a file, without a line feed.
      let isReturn = bytes.count > fieldStart && input[bytes.count - 1] == 13
      let end = isReturn ? bytes.count - 1 : bytes.count
      startSpan[out] = UInt32(truncatingIfNeeded: fieldStart)
      endSpan[out] = UInt32(truncatingIfNeeded: end)
      out += 1
      if out - first == fieldCount && (fieldCount > 1 || end > fieldStart) {
        offsets.append(offset + Int64(recordStart))
      } else {
        refuse(recordStart, end, isBlank: recordStart == end)
        out = first
      }
    }
    starts.removeLast(starts.count - out)
    ends.removeLast(ends.count - out)
    self.starts = starts
    self.ends = ends
    self.offsets = offsets
  }

  /// Refuses the records that are not UTF-8 throughout, then turns places in the chunk, at 0 as
  /// yet, into those of the file.
  mutating func settle(at base: Int64) {
    if !ByteMasks.isUTF8(bytes.span) { refuseBadEncoding() }
    var cursor = PlaceCursor(at: base, isTranscoded: true)
    for index in offsets.indices {
      offsets[index] = cursor.place(of: Int(offsets[index]), in: bytes)
    }
    cursor = PlaceCursor(at: base, isTranscoded: true)
    for index in refused.indices {
      let record = refused[index]
      let start = cursor.place(of: Int(record.offset), in: bytes)
      let end = cursor.place(of: Int(record.offset + record.length), in: bytes)
      refused[index] = RefusedRecord(offset: start, length: end - start, reason: record.reason)
    }
  }

  private mutating func refuseBadEncoding() {
    var kept = 0
    for record in offsets.indices {
      let first = record * fieldCount
      let start = Int(offsets[record])
      let end = Int(ends[first + fieldCount - 1])
      guard ByteMasks.isUTF8(bytes.span.extracting(start..<end)) else {
        refused.append(
          RefusedRecord(offset: Int64(start), length: Int64(end - start), reason: .badEncoding))
        continue
      }
      if kept != record {
        offsets[kept] = offsets[record]
        for field in 0..<fieldCount {
          starts[kept * fieldCount + field] = starts[first + field]
          ends[kept * fieldCount + field] = ends[first + field]
        }
      }
      kept += 1
    }
    let lost = offsets.count - kept
    offsets.removeLast(lost)
    starts.removeLast(lost * fieldCount)
    ends.removeLast(lost * fieldCount)
    refused.sort { $0.offset < $1.offset }
  }

  private mutating func refuse(_ start: Int, _ end: Int, isBlank: Bool) {
    if isBlank {
      blankLines += 1
    } else {
      refused.append(
        RefusedRecord(
          offset: offset + Int64(start), length: Int64(end - start), reason: .ragged))
    }
  }
}
