import Columnar
import Gzip

/// Reads bytes as a zip archive, and every file of it whole and in pieces.
enum ZipFuzzer {
  /// More bytes of one entry are not read: a few packed ones can stand for very many.
  private static let most = 1 << 22

  static func run(_ bytes: [UInt8]) {
    Scratch.write(bytes, to: "archive.zip")
    guard let archive = attempt({ try ZipArchive(path: Scratch.path("archive.zip")) }) else {
      return
    }
    for entry in archive.entries.prefix(16) {
      let whole = content(entry, of: archive, piece: most)
      let pieces = content(entry, of: archive, piece: 7)
      precondition(whole == pieces, "a file that depends on the pieces in which it is read")
      if let whole, whole.count < most {
        precondition(whole.count == entry.size, "a file of another size than the directory's")
      }
    }
  }

  /// The bytes of an entry; `nil` where it is refused.
  private static func content(
    _ entry: ZipArchive.Entry, of archive: ZipArchive, piece: Int
  ) -> [UInt8]? {
    attempt {
      var reader = try ZipEntryReader(entry, of: archive)
      var bytes: [UInt8] = []
      while bytes.count < most {
        let wanted = min(piece, most - bytes.count)
        if try reader.read(wanted, appendingTo: &bytes) < wanted { break }
      }
      return bytes
    }
  }

  private static func attempt<Value>(_ body: () throws -> Value) -> Value? {
    do {
      return try body()
    } catch let error as FileError {
      precondition(!error.description.isEmpty)
      return nil
    } catch {
      preconditionFailure("an error of another kind")
    }
  }
}
