import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.sax.SAXSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Says of each message whether the JDK's StAX reader takes it as well-formed, and whether its
 * validator takes it by a schema: a line each, "stax schema path", with 1 and 0.
 *
 * usage: java Judge.java SCHEMA LIST, where LIST is a file with a path per line
 */
public class Judge {
    public static void main(String[] args) throws Exception {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        Schema schema = factory.newSchema(Path.of(args[0]).toFile());
        for (String path : Files.readAllLines(Path.of(args[1]))) {
            byte[] bytes = Files.readAllBytes(Path.of(path));
            System.out.println((stax(bytes) ? 1 : 0) + " " + (valid(schema, bytes) ? 1 : 0) + " " + path);
        }
    }

    private static boolean stax(byte[] bytes) {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // What stands outside the document is empty: nothing is fetched.
        factory.setXMLResolver((publicId, systemId, base, namespace) -> new ByteArrayInputStream(new byte[0]));
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
            while (reader.hasNext()) {
                reader.next();
            }
            return true;
        } catch (Exception error) {
            return false;
        }
    }

    private static boolean valid(Schema schema, byte[] bytes) throws Exception {
        boolean[] invalid = {false};
        SAXParserFactory factory = SAXParserFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        XMLReader reader = factory.newSAXParser().getXMLReader();
        reader.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        reader.setFeature("http://xml.org/sax/features/external-general-entities", false);
        Validator validator = schema.newValidator();
        validator.setErrorHandler(new DefaultHandler() {
            @Override
            public void error(SAXParseException error) {
                invalid[0] = true;
            }

            @Override
            public void fatalError(SAXParseException error) throws SAXException {
                throw error;
            }
        });
        try {
            validator.validate(new SAXSource(reader, new InputSource(new ByteArrayInputStream(bytes))));
        } catch (SAXException | java.io.IOException error) {
            return false;
        }
        return !invalid[0];
    }
}
