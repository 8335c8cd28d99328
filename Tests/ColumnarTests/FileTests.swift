import Columnar
import Foundation
import TestSupport
import Testing

@Suite struct FileTests {
  @Test func `a file that is written has no name before it is whole`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("out").path
      let file = try AtomicFile(path: path)
      try file.write(([1, 2, 3] as [UInt8]).span.raw, at: 0)
      #expect(try MappedFile(path: file.draftPath).count == 3)
      // A process that is killed now leaves nothing, where the file system can do that.
      #expect(try Folder.names(in: folder.path) == [])
      // What another process of this number left behind is not in the way.
      try Data("old".utf8).write(to: URL(fileURLWithPath: "\(path).\(getpid()).new"))
      try file.publish()
      #expect(try Folder.names(in: folder.path) == ["out"])
    }
  }

  @Test func `a file appears whole when it is published, and not before`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("out").path
      try Data([9]).write(to: folder.appendingPathComponent("out"))
      let file = try AtomicFile(path: path)
      let bytes: [UInt8] = [1, 2, 3, 4]
      try file.write(bytes.span.raw, at: 0)
      try file.write([UInt8]([7, 8]).span.raw, at: 2)
      #expect(try Data(contentsOf: folder.appendingPathComponent("out")) == Data([9]))
      try file.publish()
      #expect(try Data(contentsOf: folder.appendingPathComponent("out")) == Data([1, 2, 7, 8]))
      #expect(try Folder.names(in: folder.path) == ["out"])
    }
  }

  @Test func `a file that is not published leaves nothing`() throws {
    try withTemporaryFolder { folder in
      do { _ = try AtomicFile(path: folder.appendingPathComponent("out").path) }
      #expect(try Folder.names(in: folder.path) == [])
      #expect(throws: FileError.self) {
        _ = try AtomicFile(path: folder.appendingPathComponent("no/out").path)
      }
    }
  }

  @Test func `a file is read in blocks of any size`() throws {
    try withTemporaryFolder { folder in
      let content = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
      let place = folder.appendingPathComponent("in")
      try Data(content).write(to: place)
      for size in [1, 7, 999, 1_000, 4_096] {
        var reader = try FileReader(path: place.path)
        #expect(reader.size == 1_000)
        var read: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: size + 1)
        while true {
          let count = try reader.read(into: &buffer, from: 1)
          read += buffer[1..<count + 1]
          if count < size { break }
        }
        #expect(read == content)
        var second = try FileReader(path: place.path)
        var appended: [UInt8] = [42]
        while try second.read(size, appendingTo: &appended) == size {}
        #expect(appended == [42] + content)
      }
    }
  }

  @Test func `a folder or a missing file cannot be read`() throws {
    try withTemporaryFolder { folder in
      #expect(throws: FileError.self) { _ = try FileReader(path: folder.path) }
      #expect(throws: FileError.self) { _ = try FileReader(path: folder.path + "/none") }
      #expect(throws: FileError.self) { _ = try Folder.names(in: folder.path + "/none") }
    }
  }

  @Test func `names in a folder come in the order of their bytes`() throws {
    try withTemporaryFolder { folder in
      for name in ["é", "b", "B", "a.csv", "10", "9"] {
        try Data().write(to: folder.appendingPathComponent(name))
      }
      #expect(try Folder.names(in: folder.path) == ["10", "9", "B", "a.csv", "b", "é"])
    }
  }

  @Test func `the values of bytes in memory are those of a mapped file`() throws {
    let numbers: [UInt32] = [1, 0xFFFF_FFFF, 7, 0]
    var bytes: [UInt8] = []
    bytes.append(raw: numbers.span.raw)
    let file = try MappedFile(copying: bytes)
    #expect(file.count == 16)
    let span = file.values(UInt32.self, at: 4, count: 3)
    #expect(span.indices.map { span[$0] } == [0xFFFF_FFFF, 7, 0])
    #expect(throws: FileError.self) { try MappedFile(copying: []) }
  }

  @Test func `a hash of content depends on every byte, their number and the seed`() {
    var seen: Set<UInt64> = []
    for count in [0, 1, 31, 32, 33, 100] {
      let zeros = [UInt8](repeating: 0, count: count)
      seen.insert(ContentHash.hash(zeros.span.raw))
      seen.insert(ContentHash.hash(zeros.span.raw, seed: 1))
      for place in 0..<count {
        var changed = zeros
        changed[place] = 1
        seen.insert(ContentHash.hash(changed.span.raw))
      }
    }
    #expect(seen.count == 2 * 6 + 1 + 31 + 32 + 33 + 100)
    // The value belongs to file formats.
    let bytes = (0..<77).map { UInt8($0) }
    #expect(ContentHash.hash(bytes.span.raw) == 9_034_414_037_440_717_320)
  }
}
