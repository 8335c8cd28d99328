internal import CZlib

/// Compresses bytes into one member of gzip (RFC 1952), in pieces of any size.
///
/// The header has neither a time nor a name, and the bytes do not depend on the pieces: the same
/// bytes always become the same gzip under one version of zlib.
@safe
package struct Deflater: ~Copyable {
  // Owned: made in init, freed in deinit, and never handed out; zlib wants it to stay in its place.
  private let stream: UnsafeMutablePointer<z_stream>

  /// Begins a member; `level` is from 1, fast, to 9, small.
  package init(level: Int = 6) {
    precondition((1...9).contains(level), "a level of 1 to 9")
    unsafe stream = UnsafeMutablePointer.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let status = unsafe ecluse_deflate_gzip(stream, Int32(level))
    precondition(status == Z_OK, "zlib does not start")
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Compresses the next bytes, and appends what is ready.
  ///
  /// - Parameters:
  ///   - bytes: the bytes, at most 2^30.
  ///   - isLast: whether the member ends with them; nothing may follow.
  ///   - output: the compressed bytes.
  package mutating func deflate(
    _ bytes: Span<UInt8>, isLast: Bool, appendingTo output: inout [UInt8]
  ) {
    let stream = unsafe stream
    let room = 64 << 10
    unsafe bytes.withUnsafeBufferPointer { source in
      // zlib does not write to the input; its declaration forgets to say so.
      unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
      unsafe stream.pointee.avail_in = UInt32(source.count)
      var isDone = false
      while !isDone {
        output.append(addingCapacity: room) { target in
          unsafe target.withUnsafeMutableBufferPointer { free, initialized in
            unsafe stream.pointee.next_out = free.baseAddress
            unsafe stream.pointee.avail_out = UInt32(room)
            let status = unsafe CZlib.deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
            precondition(status >= Z_OK || status == Z_BUF_ERROR, "a member that ended goes on")
            initialized = unsafe room - Int(stream.pointee.avail_out)
            isDone =
              isLast ? status == Z_STREAM_END : unsafe stream.pointee.avail_out != 0
          }
        }
      }
    }
  }
}
