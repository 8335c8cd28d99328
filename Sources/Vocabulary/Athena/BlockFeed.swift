import Columnar

/// The blocks of one vocabulary file, handed out in their order to the workers that ask.
final class BlockFeed: Sendable {
  /// Some bytes of the file that end with a whole line, unless they are the last.
  struct Block: Sendable {
    /// Counted from 0.
    var number: Int
    var bytes: [UInt8]
    var isLast: Bool
  }

  fileprivate struct State: ~Copyable {
    var source: AthenaBytes
    /// Bytes read that belong to no block yet.
    var rest: [UInt8] = []
    var blocks = 0
    var atEnd = false
    var isStopped = false
    var hash: UInt64 = 0
    /// The lines of each block, filled in as blocks are done.
    var lines: [Int] = []
    /// The first block that cannot be read, and why.
    var fault: (block: Int, fault: AthenaFault)?

    init(_ source: consuming AthenaBytes) { self.source = source }
  }

  private let blockByteCount: Int
  private let state: Guarded<State>

  init(_ source: consuming sending AthenaBytes, blockByteCount: Int) {
    self.blockByteCount = blockByteCount
    state = Guarded(State(source))
  }

  /// The header line without its end, after a byte order mark; `nil` when there is none.
  func header() throws -> [UInt8]? {
    let size = blockByteCount
    return try state.withLock { state -> [UInt8]? in
      try BlockFeed.fill(&state, size)
      if state.rest.starts(with: [0xEF, 0xBB, 0xBF]) { state.rest.removeFirst(3) }
      let found = state.rest.firstIndex(of: 10)
      guard let end = found ?? (state.atEnd && !state.rest.isEmpty ? state.rest.count : nil)
      else { return nil }
      let head = Array(state.rest[0..<end])
      state.rest.removeFirst(min(end + 1, state.rest.count))
      return head
    }
  }

  /// The next block; with commas it may end anywhere, and `giveBack` says what of it was not read.
  func next(_ dialect: AthenaRows.Dialect) throws -> Block? {
    let size = blockByteCount
    return try state.withLock { state -> Block? in
      guard !state.isStopped, !(state.atEnd && state.rest.isEmpty) else { return nil }
      var bytes = state.rest
      state.rest = []
      repeat {
        if !state.atEnd { try BlockFeed.fill(&state, size, &bytes) }
        guard !bytes.isEmpty else { return nil }
        if dialect == .commas || state.atEnd {
          // What a comma file left unread begins the next block.
          if dialect == .commas, bytes.count > 2 * size { return state.tooLong(size) }
          return state.block(bytes)
        }
        if let cut = bytes.lastIndex(of: 10) {
          state.rest = Array(bytes[(cut + 1)...])
          bytes.removeLast(bytes.count - cut - 1)
          return state.block(bytes)
        }
      } while bytes.count <= size
      return state.tooLong(size)
    }
  }

  /// Puts the bytes of a block that were not read before those that follow.
  func giveBack(_ bytes: [UInt8]) {
    state.withLock { $0.rest = bytes + $0.rest }
  }

  /// Notes that a block was read, or why it cannot be; then no further block is handed out.
  func done(_ block: Int, lines: Int, fault: AthenaFault?) {
    state.withLock { state in
      while state.lines.count <= block { state.lines.append(0) }
      state.lines[block] = lines
      guard let fault else { return }
      state.isStopped = true
      if state.fault.map({ block < $0.block }) ?? true { state.fault = (block, fault) }
    }
  }

  /// What was found when all workers are done: a hash of all bytes, the lines before each block and
  /// the first fault, its line counted from 0 after the header.
  func outcome() -> (hash: UInt64, firstLines: [Int], fault: AthenaFault?) {
    state.withLock { state in
      var firstLines = [0]
      for lines in state.lines { firstLines.append(firstLines[firstLines.count - 1] + lines) }
      let fault = state.fault.map { found in
        var fault = found.fault
        fault.line += firstLines[min(found.block, firstLines.count - 1)]
        return fault
      }
      return (state.hash, firstLines, fault)
    }
  }

  /// Reads the rest of the file for its hash only.
  func hashAll() throws -> UInt64 {
    let size = blockByteCount
    return try state.withLock { state in
      while !state.atEnd {
        state.rest.removeAll(keepingCapacity: true)
        try BlockFeed.fill(&state, size)
      }
      return state.hash
    }
  }

  private static func fill(_ state: inout State, _ size: Int) throws {
    var rest = state.rest
    state.rest = []
    try fill(&state, size, &rest)
    state.rest = rest
  }

  private static func fill(_ state: inout State, _ size: Int, _ bytes: inout [UInt8]) throws {
    guard !state.atEnd else { return }
    let before = bytes.count
    let count = try state.source.read(size, appendingTo: &bytes)
    state.hash = ContentHash.hash(
      bytes.span.extracting(before..<bytes.count).raw, seed: state.hash)
    state.atEnd = count < size || state.source.isAtEnd
  }
}

extension BlockFeed.State {
  fileprivate mutating func block(_ bytes: [UInt8]) -> BlockFeed.Block {
    defer { blocks += 1 }
    return BlockFeed.Block(number: blocks, bytes: bytes, isLast: atEnd && rest.isEmpty)
  }

  /// Notes a row that no file of a vocabulary has.
  fileprivate mutating func tooLong(_ size: Int) -> BlockFeed.Block? {
    isStopped = true
    if fault.map({ blocks < $0.block }) ?? true {
      fault = (
        blocks,
        AthenaFault(
          code: "record-too-long", message: "a row is longer than \(size) bytes", line: 0)
      )
    }
    return nil
  }
}
