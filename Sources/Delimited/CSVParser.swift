internal import CLibCSV

/// A parser of libcsv 3, told to keep blanks and lone carriage returns: the reader of records whose
/// quoting is not regular.
///
/// Inside a quoted field libcsv takes a quote that no delimiter follows as data and the field as
/// still open, which is the rule of `RecordScanner` too.
@safe
struct CSVParser: ~Copyable {
  // Owned: made in init, freed in deinit, and never handed out.
  private let parser: UnsafeMutablePointer<csv_parser>

  init(delimiter: UInt8, quote: UInt8) {
    unsafe parser = UnsafeMutablePointer.allocate(capacity: 1)
    let status = unsafe csv_init(parser, 0)
    precondition(status == 0, "libcsv does not start")
    unsafe csv_set_delim(parser, delimiter)
    unsafe csv_set_quote(parser, quote)
    unsafe csv_set_space_func(parser) { _ in 0 }
    unsafe csv_set_term_func(parser) { $0 == 10 ? 1 : 0 }
  }

  deinit {
    unsafe csv_free(parser)
    unsafe parser.deallocate()
  }

  /// Appends the fields of one record, given without its line end.
  mutating func parse(_ record: Span<UInt8>, into sink: inout FieldSink) {
    let parser = unsafe parser
    unsafe withUnsafeMutablePointer(to: &sink) { target in
      let context = UnsafeMutableRawPointer(target)
      let parsed = unsafe record.withUnsafeBytes { source in
        unsafe csv_parse(
          parser, source.baseAddress, source.count, CSVParser.take, nil, context)
      }
      let status = unsafe csv_fini(parser, CSVParser.take, nil, context)
      precondition(parsed == record.count && status == 0, "libcsv is out of memory")
    }
  }

  private static let take:
    @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
      field, count, context in
      guard let sink = unsafe context?.assumingMemoryBound(to: FieldSink.self) else { return }
      unsafe sink.pointee.starts.append(UInt32(sink.pointee.bytes.count))
      let bytes = unsafe UnsafeRawBufferPointer(start: field, count: count)
      unsafe sink.pointee.bytes.append(contentsOf: bytes)
      unsafe sink.pointee.ends.append(UInt32(sink.pointee.bytes.count))
      unsafe sink.pointee.close()
    }
}
