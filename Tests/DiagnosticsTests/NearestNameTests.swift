import Diagnostics
import Testing

struct NearestNameTests {
  @Test(arguments: [
    ("delimitr", "delimiter"), ("delimeter", "delimiter"), ("ENCODING", "encoding"),
    ("fiels", "files"), ("haeder", "header"), ("key", "key"),
    ("ky", "key"), ("k", nil), ("encode", nil),
    ("", nil), ("something else", nil),
  ])
  func `finds the name that was meant`(_ written: String, _ meant: String?) {
    let names = ["files", "delimiter", "encoding", "header", "key"]
    #expect(nearestName(to: written, in: names) == meant)
  }

  @Test func `takes the first in alphabetical order of equally near names`() {
    #expect(nearestName(to: "cat", in: ["rat", "bat", "hat"]) == "bat")
    #expect(nearestName(to: "cat", in: ["hat", "rat", "bat"]) == "bat")
  }

  @Test func `prefers an exact name to a near one`() {
    #expect(nearestName(to: "cat", in: ["bat", "cat"]) == "cat")
  }

  @Test func `finds nothing among nothing`() {
    #expect(nearestName(to: "cat", in: [] as [String]) == nil)
  }

  @Test func `counts an exchange of neighbours as one edit`() {
    #expect(nearestName(to: "ofr", in: ["for"]) == "for")
    #expect(nearestName(to: "rfo", in: ["for"]) == nil)
  }

  @Test func `counts an accented letter as one character`() {
    #expect(nearestName(to: "sejour", in: ["séjour"]) == "séjour")
    #expect(nearestName(to: "se\u{301}jour", in: ["séjour"]) == "séjour")
  }
}
