package org.assistantservice.samples.defichain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.QueryBuilder;

/// A Lucene index of articles in memory, searched for the words of a question; words in the title
/// count more. Thread-safe.
final class Wiki implements AutoCloseable {
    private static final String TITLE = "title";
    private static final String BODY = "body";
    private static final float TITLE_BOOST = 3;

    private final Analyzer analyzer;
    private final Directory directory;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    private Wiki(Analyzer analyzer, Directory directory) throws IOException {
        this.analyzer = analyzer;
        this.directory = directory;
        this.reader = DirectoryReader.open(directory);
        this.searcher = new IndexSearcher(reader);
    }

    static Wiki of(List<Article> articles) throws IOException {
        Analyzer analyzer = new EnglishAnalyzer();
        Directory directory = new ByteBuffersDirectory();
        // Merging on this thread: a thread of its own would outlive the pack.
        IndexWriterConfig config =
                new IndexWriterConfig(analyzer).setMergeScheduler(new SerialMergeScheduler());
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (Article article : articles) {
                Document document = new Document();
                document.add(new TextField(TITLE, article.title(), Field.Store.YES));
                document.add(new TextField(BODY, article.body(), Field.Store.YES));
                writer.addDocument(document);
            }
        }
        return new Wiki(analyzer, directory);
    }

    /// The articles that fit best, best first; none if no word occurs.
    List<Article> search(String words, int most) throws IOException {
        StoredFields stored = searcher.storedFields();
        List<Article> found = new ArrayList<>();
        for (ScoreDoc hit : searcher.search(query(words), most).scoreDocs) {
            Document document = stored.document(hit.doc);
            found.add(new Article(document.get(TITLE), document.get(BODY)));
        }
        return found;
    }

    /// Words are only words: nothing in them is an operator.
    private Query query(String words) {
        QueryBuilder builder = new QueryBuilder(analyzer);
        Query title = builder.createBooleanQuery(TITLE, words);
        Query body = builder.createBooleanQuery(BODY, words);
        BooleanQuery.Builder both = new BooleanQuery.Builder();
        if (title != null) {
            both.add(new BoostQuery(title, TITLE_BOOST), Occur.SHOULD);
        }
        if (body != null) {
            both.add(body, Occur.SHOULD);
        }
        return both.build();
    }

    @Override
    public void close() throws IOException {
        reader.close();
        directory.close();
        analyzer.close();
    }
}
