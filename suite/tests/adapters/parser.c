/* Reads SOAP 1.1 messages of the operation Disconnect (MS-OXWUMS) with expat, 2.4.5 or later.
 *
 *     cc -O2 -Wall -Wextra -o parser parser.c -lexpat
 *
 * parser request|reply   One message on standard input. Accepted: exit 0, and one line on standard
 *                        output: the CallId of a request; of a reply `DisconnectResponse`, or
 *                        `Fault` and the local name of its code. Refused: `refused` on standard
 *                        output, the reason on standard error, and exit 3; not 1, which is also what
 *                        sanitizers and many runtimes end with when they break off.
 * parser persistent      Many messages: `request LENGTH` or `reply LENGTH`, a line feed, LENGTH
 *                        bytes. Each is answered at once: `accepted LENGTH` or `refused LENGTH`, a
 *                        line feed, LENGTH bytes of text or reason.
 *
 * Strict: what neither SOAP 1.1 nor the schema of the service allows is refused. So are names that only
 * the fifth edition of XML 1.0 allows, because expat goes by the fourth.
 */

#include <expat.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* expat puts this between namespace and local name; XML allows it in neither of them. */
#define SEPARATOR "\x01"
#define SOAP "http://schemas.xmlsoap.org/soap/envelope/" SEPARATOR
#define MESSAGES "http://schemas.microsoft.com/exchange/services/2006/messages" SEPARATOR
#define XSI "http://www.w3.org/2001/XMLSchema-instance" SEPARATOR
#define XSD "http://www.w3.org/2001/XMLSchema"
#define ACTOR_NEXT "http://schemas.xmlsoap.org/soap/actor/next"
#define WHITE " \t\r\n"

enum { REFUSED_EXIT = 3 };
enum { MAX_BYTES = 1048576, MAX_DEPTH = 64, MAX_CALL_ID = 512, MAX_TEXT = 4 * MAX_CALL_ID };

enum kind { REQUEST = 1, REPLY = 2, BOTH = REQUEST | REPLY };

/* What an element is to us; FREE ones may hold anything. */
enum role {
    DOCUMENT, ENVELOPE, HEADER, BODY, DISCONNECT, CALL_ID, RESPONSE, FAULT, FAULT_CODE, FREE, ROLES
};

/* The children of each role and their places in the order; of one place at most one may come. */
static const struct child {
    enum kind kind;
    enum role parent;
    const char *name;
    int place;
    enum role role;
} CHILDREN[] = {
    {BOTH, DOCUMENT, SOAP "Envelope", 0, ENVELOPE},
    {BOTH, ENVELOPE, SOAP "Header", 0, HEADER},
    {BOTH, ENVELOPE, SOAP "Body", 1, BODY},
    {REQUEST, BODY, MESSAGES "Disconnect", 0, DISCONNECT},
    {REQUEST, DISCONNECT, MESSAGES "CallId", 0, CALL_ID},
    {REPLY, BODY, MESSAGES "DisconnectResponse", 0, RESPONSE},
    {REPLY, BODY, SOAP "Fault", 0, FAULT},
    {REPLY, FAULT, "faultcode", 0, FAULT_CODE},
};

/* A namespace declaration in scope. */
struct binding {
    struct binding *outer;
    bool is_xsd;
    char prefix[];
};

/* Follows a message from tag to tag and keeps the text that is asked for. */
struct reader {
    XML_Parser parser;
    enum kind kind;
    const char *encoding;
    const char *refusal;
    int depth;
    enum role open[MAX_DEPTH + 1];
    int next_place[ROLES];
    bool found[ROLES];
    size_t length;
    char text[sizeof "Fault " + MAX_TEXT];
    struct binding *bindings;
};

static bool equal(const char *one, const char *other) { return strcmp(one, other) == 0; }

/* The first reason stays. expat may still call a few handlers after it was stopped. */
static void refuse(struct reader *reader, const char *reason) {
    if (!reader->refusal) reader->refusal = reason;
    XML_StopParser(reader->parser, XML_FALSE);
}

/* expat takes any version, and believes us and not the declaration on the encoding. */
static void on_declaration(void *data, const char *version, const char *encoding, int standalone) {
    (void)standalone;
    struct reader *reader = data;
    const char *minor = strncmp(version, "1.", 2) == 0 ? version + 2 : "";
    if (!*minor || minor[strspn(minor, "0123456789")]) refuse(reader, "the version of XML is not 1.x");
    if (encoding && strcasecmp(encoding, reader->encoding) != 0)
        refuse(reader, "the declared encoding is not that of the bytes");
}

static void on_doctype(void *data, const char *name, const char *system, const char *public, int subset) {
    (void)name, (void)system, (void)public, (void)subset;
    refuse(data, "a document type declaration, which SOAP 3 forbids");
}

static void on_instruction(void *data, const char *target, const char *content) {
    (void)target, (void)content;
    refuse(data, "a processing instruction, which SOAP 3 forbids");
}

/* Called before the start of the element; prefix and uri are NULL for none. */
static void on_binding(void *data, const char *prefix, const char *uri) {
    struct reader *reader = data;
    size_t size = prefix ? strlen(prefix) + 1 : 1;
    struct binding *binding = malloc(sizeof *binding + size);
    if (!binding) {
        refuse(reader, "out of memory");
        return;
    }
    memcpy(binding->prefix, prefix ? prefix : "", size);
    binding->is_xsd = uri && equal(uri, XSD);
    binding->outer = reader->bindings;
    reader->bindings = binding;
}

/* Called once for each declaration of an element that ended, so their order is of no matter. */
static void on_binding_end(void *data, const char *prefix) {
    (void)prefix;
    struct reader *reader = data;
    struct binding *binding = reader->bindings;
    if (!binding) return;
    reader->bindings = binding->outer;
    free(binding);
}

static bool is_white(const char *text, size_t length) {
    while (length > 0 && strchr(WHITE, text[length - 1])) length--;
    return length == 0;
}

struct slice {
    const char *start;
    size_t length;
};

static bool is(struct slice slice, const char *text) {
    return strlen(text) == slice.length && memcmp(slice.start, text, slice.length) == 0;
}

/* Splits a qualified name, which may have white space around it. */
static bool split_qname(const char *text, struct slice *prefix, struct slice *local) {
    text += strspn(text, WHITE);
    size_t length = strcspn(text, ":" WHITE);
    *prefix = (struct slice){text, 0};
    *local = (struct slice){text, length};
    if (text[length] == ':') {
        *prefix = *local;
        if (length == 0) return false;
        local->start += length + 1;
        local->length = strcspn(local->start, ":" WHITE);
    }
    const char *rest = local->start + local->length;
    return local->length > 0 && is_white(rest, strlen(rest));
}

/* Whether xsi:type names xs:string or a type derived from it that takes every string. */
static bool is_string_type(const struct reader *reader, const char *qname) {
    struct slice prefix, local;
    if (!split_qname(qname, &prefix, &local)) return false;
    const struct binding *binding = reader->bindings;
    while (binding && !is(prefix, binding->prefix)) binding = binding->outer;
    return binding && binding->is_xsd
        && (is(local, "string") || is(local, "normalizedString") || is(local, "token"));
}

static void check_attributes(struct reader *reader, enum role role, const char **attributes) {
    for (; *attributes; attributes += 2) {
        const char *name = attributes[0];
        if (role == ENVELOPE && !strstr(name, SEPARATOR))
            refuse(reader, "an unqualified attribute on Envelope");
        if (role != DISCONNECT && role != CALL_ID && role != RESPONSE) continue;
        if (equal(name, XSI "schemaLocation") || equal(name, XSI "noNamespaceSchemaLocation")) continue;
        if (role == CALL_ID && equal(name, XSI "type") && is_string_type(reader, attributes[1])) continue;
        refuse(reader, "an attribute that the schema does not declare");
    }
}

/* SOAP 4.2: entries are qualified, and none that we must understand is known to us. */
static void check_header_entry(struct reader *reader, const char *name, const char **attributes) {
    const char *must_understand = "0", *actor = "";
    for (; *attributes; attributes += 2) {
        if (equal(attributes[0], SOAP "mustUnderstand")) must_understand = attributes[1];
        if (equal(attributes[0], SOAP "actor")) actor = attributes[1];
    }
    if (!strstr(name, SEPARATOR)) refuse(reader, "a header entry in no namespace");
    if (!equal(must_understand, "0") && !equal(must_understand, "1"))
        refuse(reader, "mustUnderstand is neither 0 nor 1");
    if (equal(must_understand, "1") && (equal(actor, "") || equal(actor, ACTOR_NEXT)))
        refuse(reader, "a header entry that must be understood");
}

static const struct child *find_child(const struct reader *reader, enum role parent, const char *name) {
    for (size_t n = 0; n < sizeof CHILDREN / sizeof *CHILDREN; n++) {
        const struct child *child = &CHILDREN[n];
        if (child->kind & reader->kind && child->parent == parent && equal(child->name, name)) return child;
    }
    return NULL;
}

static void on_start(void *data, const char *name, const char **attributes) {
    struct reader *reader = data;
    if (reader->refusal) return;
    if (reader->depth == MAX_DEPTH) {
        refuse(reader, "too many levels of elements");
        return;
    }
    enum role parent = reader->open[reader->depth], role = FREE;
    const struct child *child = find_child(reader, parent, name);
    if (parent == HEADER) check_header_entry(reader, name, attributes);
    if (child && child->place >= reader->next_place[parent]) {
        role = child->role;
        reader->next_place[parent] = child->place + 1;
        reader->found[role] = true;
        check_attributes(reader, role, attributes);
    } else if (child || (parent != HEADER && parent != FAULT && parent != FREE)) {
        refuse(reader, "an element that is not allowed where it stands");
    }
    reader->open[++reader->depth] = role;
}

static void on_end(void *data, const char *name) {
    (void)name;
    struct reader *reader = data;
    if (!reader->refusal) reader->depth--;
}

static void on_text(void *data, const char *text, int count) {
    struct reader *reader = data;
    size_t length = (size_t)count;
    enum role role = reader->open[reader->depth];
    if (reader->refusal || role == FREE) return;
    if (role != CALL_ID && role != FAULT_CODE) {
        /* White space is taken even in DisconnectResponse, where the schema allows nothing: it is no
         * reason to miss a success. */
        if (!is_white(text, length)) refuse(reader, "text beside elements");
    } else if (length > MAX_TEXT - reader->length) {
        refuse(reader, "the text of CallId or faultcode is too long");
    } else {
        memcpy(reader->text + reader->length, text, length);
        reader->length += length;
    }
}

static void finish_request(struct reader *reader) {
    size_t characters = 0;
    for (size_t n = 0; n < reader->length; n++) characters += (reader->text[n] & 0xC0) != 0x80;
    if (!reader->found[CALL_ID]) refuse(reader, "no CallId");
    if (is_white(reader->text, reader->length)) refuse(reader, "CallId is empty or white space");
    if (characters > MAX_CALL_ID) refuse(reader, "CallId has more than 512 characters");
}

/* The prefix of a code may be unbound, as in a documented sample: the local name tells what is meant. */
static void finish_reply(struct reader *reader) {
    struct slice prefix, code;
    char words[sizeof reader->text] = "DisconnectResponse";
    if (!reader->found[RESPONSE]) {
        if (!reader->found[FAULT]) refuse(reader, "neither DisconnectResponse nor Fault");
        if (!split_qname(reader->text, &prefix, &code)) refuse(reader, "faultcode is no qualified name");
        snprintf(words, sizeof words, "Fault %.*s", (int)code.length, code.start);
    }
    strcpy(reader->text, words);
}

/* Whether every surrogate has its partner and no byte is left over, which expat does not look at. */
static bool is_utf16(const unsigned char *bytes, size_t size) {
    size_t high = bytes[0] == 0xFE ? 0 : 1;
    bool expects_low = false;
    for (size_t at = 0; at + 1 < size; at += 2) {
        unsigned char top = bytes[at + high] & 0xFC;
        if ((top == 0xDC) != expects_low) return false;
        expects_low = top == 0xD8;
    }
    return size % 2 == 0 && !expects_low;
}

static void parse(struct reader *reader, const char *message, size_t size) {
    XML_SetUserData(reader->parser, reader);
    XML_SetXmlDeclHandler(reader->parser, on_declaration);
    XML_SetStartDoctypeDeclHandler(reader->parser, on_doctype);
    XML_SetProcessingInstructionHandler(reader->parser, on_instruction);
    XML_SetNamespaceDeclHandler(reader->parser, on_binding, on_binding_end);
    XML_SetElementHandler(reader->parser, on_start, on_end);
    XML_SetCharacterDataHandler(reader->parser, on_text);
    if (XML_Parse(reader->parser, message, (int)size, XML_TRUE) == XML_STATUS_ERROR)
        refuse(reader, XML_ErrorString(XML_GetErrorCode(reader->parser)));
    else if (reader->kind == REQUEST)
        finish_request(reader);
    else
        finish_reply(reader);
    while (reader->bindings) on_binding_end(reader, NULL);
    XML_ParserFree(reader->parser);
}

/* Leaves the text of an accepted message in reader->text, or why it is refused in reader->refusal. */
static void read_message(struct reader *reader, enum kind kind, const char *message, size_t size) {
    bool wide = size >= 2 && (memcmp(message, "\xFF\xFE", 2) == 0 || memcmp(message, "\xFE\xFF", 2) == 0);
    *reader = (struct reader){.kind = kind, .encoding = wide ? "utf-16" : "utf-8"};
    if (size > MAX_BYTES)
        reader->refusal = "the message is too long";
    else if (wide && !is_utf16((const unsigned char *)message, size))
        reader->refusal = "the bytes are not UTF-16";
    else if (!wide && memchr(message, 0, size))
        /* expat would take it for UTF-16 without a mark, whatever encoding it is told. */
        reader->refusal = "NUL, which XML does not allow";
    else if (!(reader->parser = XML_ParserCreateNS(reader->encoding, *SEPARATOR)))
        reader->refusal = "out of memory";
    else
        parse(reader, message, size);
}

static enum kind kind_of(const char *word) {
    return equal(word, "request") ? REQUEST : equal(word, "reply") ? REPLY : 0;
}

/* One byte more than is allowed tells that a message is too long. */
static char message[MAX_BYTES + 1];
static struct reader reader;

static int serve(void) {
    char word[8], end;
    size_t length;
    int read;
    while ((read = scanf("%7[a-z] %zu%c", word, &length, &end)) != EOF) {
        if (read != 3 || end != '\n' || !kind_of(word)) {
            fputs("expected `request LENGTH` or `reply LENGTH`\n", stderr);
            return 1;
        }
        size_t size = fread(message, 1, length < sizeof message ? length : sizeof message, stdin);
        for (size_t left = length - size; left > 0 && getchar() != EOF; left--) continue;
        read_message(&reader, kind_of(word), message, size);
        const char *words = reader.refusal ? reader.refusal : reader.text;
        printf("%s %zu\n%s", reader.refusal ? "refused" : "accepted", strlen(words), words);
        fflush(stdout);
    }
    return 0;
}

int main(int count, char **arguments) {
    const char *word = count == 2 ? arguments[1] : "";
    if (equal(word, "persistent")) return serve();
    if (!kind_of(word)) {
        fputs("usage: parser request|reply|persistent\n", stderr);
        return 1;
    }
    read_message(&reader, kind_of(word), message, fread(message, 1, sizeof message, stdin));
    puts(reader.refusal ? "refused" : reader.text);
    if (reader.refusal) fprintf(stderr, "%s\n", reader.refusal);
    return reader.refusal ? REFUSED_EXIT : 0;
}
