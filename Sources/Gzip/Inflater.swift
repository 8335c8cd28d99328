internal import CZlib

/// Why bytes are no gzip or no archive.
package struct GzipError: Error, Hashable, Sendable {
  /// The cause in words, without any value.
  package let reason: String
}

/// Decompresses the members of a gzip file (RFC 1952) one after the other, or the deflated bytes of an
/// archive's entry (RFC 1951), in pieces of any size.
@safe
package struct Inflater: ~Copyable {
  // Owned: made in init, freed in deinit, and never handed out; zlib wants it to stay in its place.
  private let stream: UnsafeMutablePointer<z_stream>

  /// Begins a member of gzip, or bytes without header and checksum when they are `raw`.
  package init(raw: Bool = false) {
    unsafe stream = UnsafeMutablePointer.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let status = unsafe raw ? ecluse_inflate_raw(stream) : ecluse_inflate_gzip(stream)
    precondition(status == Z_OK, "zlib does not start")
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// What a step came to.
  package struct Step: Hashable, Sendable {
    /// The bytes of the input that were read.
    package var read: Int
    /// Whether the member ends here, its checksum being right.
    package var isEnd: Bool

    package init(read: Int, isEnd: Bool) {
      self.read = read
      self.isEnd = isEnd
    }
  }

  /// Decompresses as much of the input as fits into `count` bytes, at least one of each.
  ///
  /// - Throws: a `GzipError` when the bytes are no gzip or the checksum of the member is wrong.
  package mutating func inflate(
    _ input: Span<UInt8>, atMost count: Int, appendingTo output: inout [UInt8]
  ) throws(GzipError) -> Step {
    precondition(input.count > 0 && count > 0, "something to read and room for it")
    let stream = unsafe stream
    var status = Z_OK
    var left = 0
    output.append(addingCapacity: count) { target in
      unsafe input.withUnsafeBufferPointer { source in
        unsafe target.withUnsafeMutableBufferPointer { room, initialized in
          // zlib does not write to the input; its declaration forgets to say so.
          unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
          unsafe stream.pointee.avail_in = UInt32(source.count)
          unsafe stream.pointee.next_out = room.baseAddress
          unsafe stream.pointee.avail_out = UInt32(count)
          status = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
          initialized = unsafe count - Int(stream.pointee.avail_out)
          left = unsafe Int(stream.pointee.avail_in)
        }
      }
    }
    switch status {
    case Z_OK, Z_STREAM_END: return Step(read: input.count - left, isEnd: status == Z_STREAM_END)
    // No progress was possible: more input or room is needed.
    case Z_BUF_ERROR: return Step(read: input.count - left, isEnd: false)
    case Z_MEM_ERROR: throw GzipError(reason: "zlib is out of memory")
    default: throw GzipError(reason: "the compressed data are damaged")
    }
  }

  /// Begins the next member.
  package mutating func begin() {
    let status = unsafe inflateReset(stream)
    precondition(status == Z_OK, "zlib does not start")
  }
}
