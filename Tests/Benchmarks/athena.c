// Writes a download of Athena that nobody downloaded: made-up concepts in the files, columns and
// proportions of a full one, the same bytes every time.
//
//   athena FOLDER CONCEPTS        7000000 concepts have 40 million relationships, 75 million
//                                 ancestors, 3 million synonyms and 1 million strengths
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
  const char *name, *domain, *class;
  unsigned permille;  // of all concepts
  char standard;      // S, C, or 0 where codes map to other vocabularies
} Vocabulary;

static const Vocabulary vocabularies[] = {
    {"SNOMED", "Condition", "Clinical Finding", 140, 'S'},
    {"RxNorm Extension", "Drug", "Branded Drug Box", 300, 'S'},
    {"NDC", "Drug", "11-digit NDC", 170, 0},
    {"RxNorm", "Drug", "Clinical Drug", 45, 'S'},
    {"LOINC", "Measurement", "Lab Test", 40, 'S'},
    {"ICD10CM", "Condition", "5-char billing code", 15, 0},
    {"ICD10", "Condition", "ICD10 code", 3, 0},
    {"ATC", "Drug", "ATC 5th", 2, 'C'},
    {"dm+d", "Drug", "AMP", 60, 0},
    {"Nebraska Lexicon", "Condition", "Clinical Finding", 80, 0},
    {"MeSH", "Condition", "Suppl Concept", 50, 0},
    {"SPL", "Drug", "Prescription Drug", 95, 0},
};
enum { VOCABULARIES = sizeof vocabularies / sizeof *vocabularies };

static uint64_t concepts;
static uint64_t starts[VOCABULARIES + 1];
static uint64_t ids;  // a prime above the number of concepts: ids are scattered below it

// A number that depends on two others and on nothing else.
static uint64_t mix(uint64_t seed, uint64_t value) {
  uint64_t z = seed * 0x9E3779B97F4A7C15u + value + 0xD1B54A32D192ED03u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

static int is_prime(uint64_t n) {
  for (uint64_t d = 3; d * d <= n; d += 2) {
    if (n % d == 0) return 0;
  }
  return n % 2 == 1;
}

// Ids of one vocabulary do not stand together, as in a real release.
static uint64_t id_of(uint64_t concept) { return 1 + (concept * 2654435761u) % ids; }

static int vocabulary_of(uint64_t concept) {
  int found = 0;
  while (concept >= starts[found + 1]) found++;
  return found;
}

// The n-th of 60,000 words, of two to four syllables.
static int word(char *out, uint64_t n) {
  static const char *syllables[] = {
      "car", "di", "o",   "neu", "ro", "path", "y",  "it", "is",  "hep", "at", "ren", "al", "os", "te",
      "my",  "el", "pul", "mon", "ar", "gas",  "tr", "en", "ter", "der", "ma", "to",  "sis", "ab", "in",
      "cep", "ta", "zol", "am",  "id", "ox",   "ac", "il", "eti", "ne",  "vir", "um"};
  enum { COUNT = sizeof syllables / sizeof *syllables };
  int length = 0, parts = 2 + (int)(n % 3);
  uint64_t rest = mix(7, n);
  for (int part = 0; part < parts; part++) {
    const char *text = syllables[rest % COUNT];
    rest /= COUNT;
    memcpy(out + length, text, strlen(text));
    length += (int)strlen(text);
  }
  return length;
}

// A name of three to nine words, few of them common and many rare.
static int name(char *out, uint64_t seed, uint64_t concept) {
  uint64_t state = mix(seed, concept);
  int words = 3 + (int)(state % 7), length = 0;
  for (int index = 0; index < words; index++) {
    state = mix(seed + 1, state + (uint64_t)index);
    double share = (double)(state >> 11) / 9007199254740992.0;
    uint64_t rank = (uint64_t)(60000.0 * share * share * share);
    if (index) out[length++] = ' ';
    if (state % 11 == 0) {
      length += sprintf(out + length, "%u mg", (unsigned)(state >> 20) % 1000);
    } else {
      length += word(out + length, rank);
    }
  }
  return length;
}

static FILE *output(const char *folder, const char *file, const char *header) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, file);
  FILE *out = fopen(path, "w");
  if (!out) {
    perror(path);
    exit(2);
  }
  setvbuf(out, NULL, _IOFBF, 1 << 20);
  fprintf(out, "%s\n", header);
  return out;
}

static void close_output(FILE *out) {
  if (fclose(out)) {
    perror("write");
    exit(2);
  }
}

static void write_concepts(const char *folder) {
  FILE *out = output(
      folder, "CONCEPT.csv",
      "concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\tstandard_concept\t"
      "concept_code\tvalid_start_date\tvalid_end_date\tinvalid_reason");
  char text[512];
  int place = 0;
  for (uint64_t concept = 0; concept < concepts; concept++) {
    while (concept >= starts[place + 1]) place++;
    const Vocabulary *of = &vocabularies[place];
    int length = name(text, 1, concept);
    int invalid = mix(2, concept) % 20 == 0;
    fprintf(
        out, "%llu\t%.*s\t%s\t%s\t%s\t%s\t%s%llu\t%u0101\t%s\t%s\n", (unsigned long long)id_of(concept),
        length, text, of->domain, of->name, of->class,
        of->standard && !invalid ? (of->standard == 'S' ? "S" : "C") : "", place % 2 ? "C" : "",
        (unsigned long long)(100000 + concept * 7), 1970 + (unsigned)(mix(3, concept) % 50),
        invalid ? "20210131" : "20991231", invalid ? "U" : "");
  }
  close_output(out);
}

// A valid standard concept: where the code of another may map to.
static uint64_t standard_concept(uint64_t seed) {
  for (;; seed++) {
    uint64_t concept = mix(5, seed) % starts[2];
    if (mix(2, concept) % 20 != 0) return concept;
  }
}

static void edge(FILE *out, uint64_t from, uint64_t to, const char *name) {
  fprintf(
      out, "%llu\t%llu\t%s\t%u0131\t20991231\t\n", (unsigned long long)id_of(from),
      (unsigned long long)id_of(to), name, 1970 + (unsigned)(mix(6, from) % 50));
}

static void write_relationships(const char *folder) {
  static const char *others[][2] = {
      {"RxNorm has ing", "RxNorm ing of"},
      {"Has finding site", "Finding site of"},
      {"Has tradename", "Tradename of"},
      {"Has asso morph", "Asso morph of"},
      {"Has Module", "Module of"}};
  FILE *out = output(
      folder, "CONCEPT_RELATIONSHIP.csv",
      "concept_id_1\tconcept_id_2\trelationship_id\tvalid_start_date\tvalid_end_date\tinvalid_reason");
  for (uint64_t concept = 0; concept < concepts; concept++) {
    int invalid = mix(2, concept) % 20 == 0;
    char standard = vocabularies[vocabulary_of(concept)].standard;
    if (invalid) {
      uint64_t next = standard_concept(concept);
      edge(out, concept, next, "Concept replaced by");
      edge(out, next, concept, "Concept replaces");
    } else if (standard != 'C') {
      uint64_t target = standard == 'S' ? concept : standard_concept(concept + concepts);
      edge(out, concept, target, "Maps to");
      edge(out, target, concept, "Mapped from");
    }
    // 40 for every seven concepts: two as above, and 1.86 pairs on average.
    int pairs = 1 + (mix(8, concept) % 1000 < 857);
    for (int pair = 0; pair < pairs; pair++) {
      uint64_t other = mix(9 + (uint64_t)pair, concept) % concepts;
      const char **kind = others[mix(12, other) % 5];
      edge(out, concept, other, pair ? kind[0] : "Is a");
      edge(out, other, concept, pair ? kind[1] : "Subsumes");
    }
  }
  close_output(out);
}

static void write_ancestors(const char *folder) {
  FILE *out = output(
      folder, "CONCEPT_ANCESTOR.csv",
      "ancestor_concept_id\tdescendant_concept_id\tmin_levels_of_separation\t"
      "max_levels_of_separation");
  for (uint64_t concept = 0; concept < concepts; concept++) {
    // 75 for every seven concepts; each is its own ancestor.
    unsigned count = 10 + (mix(13, concept) % 1000 < 714);
    for (unsigned level = 0; level < count; level++) {
      uint64_t other = level ? mix(14 + level, concept) % concepts : concept;
      fprintf(
          out, "%llu\t%llu\t%u\t%u\n", (unsigned long long)id_of(other),
          (unsigned long long)id_of(concept), level, level ? level + (unsigned)(other % 3) : 0);
    }
  }
  close_output(out);
}

static void write_synonyms(const char *folder) {
  FILE *out = output(
      folder, "CONCEPT_SYNONYM.csv", "concept_id\tconcept_synonym_name\tlanguage_concept_id");
  char text[512];
  for (uint64_t number = 0; number < concepts / 7 * 3; number++) {
    uint64_t concept = mix(30, number) % concepts;
    int length = name(text, 31, number);
    fprintf(
        out, "%llu\t%.*s\t%s\n", (unsigned long long)id_of(concept), length, text,
        number % 10 ? "4180186" : "4180190");
  }
  close_output(out);
}

static void write_strengths(const char *folder) {
  FILE *out = output(
      folder, "DRUG_STRENGTH.csv",
      "drug_concept_id\tingredient_concept_id\tamount_value\tamount_unit_concept_id\t"
      "numerator_value\tnumerator_unit_concept_id\tdenominator_value\tdenominator_unit_concept_id\t"
      "box_size\tvalid_start_date\tvalid_end_date\tinvalid_reason");
  for (uint64_t number = 0; number < concepts / 7; number++) {
    uint64_t drug = starts[1] + mix(40, number) % (starts[2] - starts[1]);
    uint64_t ingredient = starts[3] + mix(41, number) % (starts[4] - starts[3]);
    fprintf(
        out, "%llu\t%llu\t%u\t8576\t\t\t\t\t\t19700101\t20991231\t\n",
        (unsigned long long)id_of(drug), (unsigned long long)id_of(ingredient),
        (unsigned)(mix(42, number) % 1000));
  }
  close_output(out);
}

static void write_names(const char *folder) {
  FILE *out = output(
      folder, "VOCABULARY.csv",
      "vocabulary_id\tvocabulary_name\tvocabulary_reference\tvocabulary_version\t"
      "vocabulary_concept_id");
  fprintf(out, "None\tmade up\tmade up\tv5.0 made up\t0\n");
  for (int place = 0; place < VOCABULARIES; place++) {
    fprintf(out, "%s\tmade up\tmade up\t1\t0\n", vocabularies[place].name);
  }
  close_output(out);
}

int main(int count, char **arguments) {
  if (count != 3 || (concepts = strtoull(arguments[2], NULL, 10)) < 1000) {
    fprintf(stderr, "athena FOLDER CONCEPTS: writes a made-up download of 1000 concepts or more\n");
    return 2;
  }
  ids = concepts * 6 + 1;
  while (!is_prime(ids)) ids += 2;
  uint64_t permille = 0;
  for (int place = 0; place < VOCABULARIES; place++) {
    starts[place] = concepts * permille / 1000;
    permille += vocabularies[place].permille;
  }
  starts[VOCABULARIES] = concepts;
  mkdir(arguments[1], 0777);
  write_concepts(arguments[1]);
  write_relationships(arguments[1]);
  write_ancestors(arguments[1]);
  write_synonyms(arguments[1]);
  write_strengths(arguments[1]);
  write_names(arguments[1]);
  return 0;
}
