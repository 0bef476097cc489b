package org.assistantservice.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.assistantservice.actions.Action;
import org.assistantservice.actions.ActionContext;
import org.assistantservice.actions.ActionSettings;
import org.assistantservice.actions.Param;
import org.junit.jupiter.api.Test;

/// Every mistake that an author can make in a definition, and what is said of it.
class ActionMistakesTest {
    public static final class StaticMethod {
        @Action(name = "a", description = "d")
        public static void run() {}
    }

    @Test
    void aStaticMethod() {
        assertMistake(
                StaticMethod.class,
                "An action is an instance method but this one is static. Remove 'static'"
                        + " at ActionMistakesTest.StaticMethod.run (class path).");
    }

    public static final class HiddenMethod {
        @Action(name = "a", description = "d")
        void run() {}
    }

    @Test
    void aMethodThatIsNotPublic() {
        assertMistake(
                HiddenMethod.class,
                "An action must be public but this one is not. Add 'public'"
                        + " at ActionMistakesTest.HiddenMethod.run (class path).");
    }

    public static final class Overloaded {
        @Action(name = "a", description = "d")
        public void run(@Param("p") int number) {}

        @Action(name = "b", description = "d")
        public void run(@Param("p") String text) {}
    }

    @Test
    void anOverloadedMethod() {
        assertMistake(
                Overloaded.class,
                "An action's method must not be overloaded with another action but 'run' is."
                        + " Rename one at ActionMistakesTest.Overloaded.run (class path).");
    }

    public static final class Varargs {
        @Action(name = "a", description = "d")
        public void run(@Param("p") String... words) {}
    }

    @Test
    void varargs() {
        assertMistake(
                Varargs.class,
                "An action has a fixed number of parameters but this one takes varargs. Use a List"
                        + " at ActionMistakesTest.Varargs.run (class path).");
    }

    public static final class Generic {
        @Action(name = "a", description = "d")
        public <T> void run(@Param("p") T value) {}
    }

    @Test
    void aGenericMethod() {
        assertMistake(
                Generic.class,
                "An action has no type parameters but this one has <T>. Use real types"
                        + " at ActionMistakesTest.Generic.run (class path).");
    }

    public static final class Later {
        @Action(name = "a", description = "d")
        public CompletableFuture<String> run() {
            return CompletableFuture.completedFuture("");
        }
    }

    @Test
    void aFutureAsResult() {
        assertMistake(
                Later.class,
                "An action returns its result itself but this one returns a CompletableFuture."
                        + " Wait for the result and return it"
                        + " at ActionMistakesTest.Later.run (class path).");
    }

    @SuppressWarnings("DoNotCallSuggester") // never called
    public static final class Reactive {
        @Action(name = "a", description = "d")
        public Flow.Publisher<String> run() {
            throw new IllegalStateException();
        }
    }

    @Test
    void aPublisherAsResult() {
        assertMistake(
                Reactive.class,
                "An action returns its result itself but this one returns a Publisher. Wait for"
                        + " the result and return it"
                        + " at ActionMistakesTest.Reactive.run (class path).");
    }

    public static final class AnyObject {
        @Action(name = "a", description = "d")
        public void run(@Param("p") Object value) {}
    }

    @Test
    void anObject() {
        assertMistake(
                AnyObject.class,
                "Parameter 'value' is an Object: the model cannot know what to pass. Use a String,"
                        + " a record or a Map<String, Object>"
                        + " at ActionMistakesTest.AnyObject.run (class path).");
    }

    public static final class RawMap {
        @Action(name = "a", description = "d")
        @SuppressWarnings("rawtypes")
        public void run(@Param("p") Map values) {}
    }

    @Test
    void aRawMap() {
        assertMistake(
                RawMap.class,
                "Parameter 'values' is a raw Map: the model cannot know what is in it. Add type"
                        + " arguments at ActionMistakesTest.RawMap.run (class path).");
    }

    public static final class NumberedMap {
        @Action(name = "a", description = "d")
        public void run(@Param("p") Map<Integer, String> values) {}
    }

    @Test
    void aMapWhoseKeysAreNotStrings() {
        assertMistake(
                NumberedMap.class,
                "Parameter 'values' must be a map with String keys but its keys are Integer. Use"
                        + " Map<String, …> at ActionMistakesTest.NumberedMap.run (class path).");
    }

    public record Tree(String name, List<Tree> children) {}

    public static final class Recursive {
        @Action(name = "a", description = "d")
        public void run(@Param("p") Tree tree) {}
    }

    @Test
    void aRecursiveType() {
        assertMistake(
                Recursive.class,
                "Component 'children' of record ActionMistakesTest.Tree has the recursive type"
                        + " ActionMistakesTest.Tree, which has no finite schema. Pass ids or a flat"
                        + " list instead at ActionMistakesTest.Recursive.run (class path).");
    }

    public static final class Undescribed {
        @Action(name = "a", description = "d")
        public void run(String city) {}
    }

    @Test
    void aParameterWithoutParam() {
        assertMistake(
                Undescribed.class,
                "Parameter 'city' has no @Param: the model cannot know what to pass. Add"
                        + " @Param(\"…\") at ActionMistakesTest.Undescribed.run (class path).");
    }

    public static final class BlankParam {
        @Action(name = "a", description = "d")
        public void run(@Param(" ") String city) {}
    }

    @Test
    void aBlankParam() {
        assertMistake(
                BlankParam.class,
                "Parameter 'city' has a blank @Param: the model cannot know what to pass. Describe"
                        + " it at ActionMistakesTest.BlankParam.run (class path).");
    }

    public record BlankPart(@Param("") String city) {}

    public static final class BlankComponent {
        @Action(name = "a", description = "d")
        public void run(@Param("p") BlankPart part) {}
    }

    @Test
    void aBlankParamOnAComponent() {
        assertMistake(
                BlankComponent.class,
                "Component 'city' of record ActionMistakesTest.BlankPart has a blank @Param: the"
                        + " model cannot know what to pass. Describe it"
                        + " at ActionMistakesTest.BlankComponent.run (class path).");
    }

    private static final String HUNDRED =
            "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234"
                    + "567890123456789";
    private static final String FULL =
            HUNDRED + HUNDRED + HUNDRED + HUNDRED + HUNDRED + HUNDRED + HUNDRED + HUNDRED + HUNDRED
                    + HUNDRED;
    private static final String LONG = FULL + HUNDRED;

    public static final class LongParam {
        @Action(name = "a", description = "d")
        public void run(@Param(LONG) String city) {}
    }

    @Test
    void aParamThatIsTooLong() {
        assertMistake(
                LongParam.class,
                "Parameter 'city' has a description of 1100 characters; 1024 are allowed. Shorten"
                        + " it at ActionMistakesTest.LongParam.run (class path).");
    }

    public static final class BlankDescription {
        @Action(name = "a", description = "\t")
        public void run() {}
    }

    @Test
    void aBlankDescription() {
        assertMistake(
                BlankDescription.class,
                "Action 'a' has a blank description: the model cannot know when to call it."
                        + " Describe it at ActionMistakesTest.BlankDescription.run (class path).");
    }

    public static final class LongDescription {
        @Action(name = "a", description = LONG)
        public void run() {}
    }

    @Test
    void aDescriptionThatIsTooLong() {
        assertMistake(
                LongDescription.class,
                "Action 'a' has a description of 1100 characters; 1024 are allowed. Shorten it"
                        + " at ActionMistakesTest.LongDescription.run (class path).");
    }

    public static final class LongNotice {
        @Action(name = "a", description = "d", notice = LONG)
        public void run() {}
    }

    @Test
    void aNoticeThatIsTooLong() {
        assertMistake(
                LongNotice.class,
                "Action 'a' has a notice of 1100 characters; 200 are allowed. Shorten it"
                        + " at ActionMistakesTest.LongNotice.run (class path).");
    }

    public static final class Crowded {
        @Action(name = "a", description = "d")
        public void run(
                @Param("p") int a1,
                @Param("p") int a2,
                @Param("p") int a3,
                @Param("p") int a4,
                @Param("p") int a5,
                @Param("p") int a6,
                @Param("p") int a7,
                @Param("p") int a8,
                @Param("p") int b1,
                @Param("p") int b2,
                @Param("p") int b3,
                @Param("p") int b4,
                @Param("p") int b5,
                @Param("p") int b6,
                @Param("p") int b7,
                @Param("p") int b8,
                @Param("p") int c1,
                @Param("p") int c2,
                @Param("p") int c3,
                @Param("p") int c4,
                @Param("p") int c5,
                @Param("p") int c6,
                @Param("p") int c7,
                @Param("p") int c8,
                @Param("p") int d1,
                @Param("p") int d2,
                @Param("p") int d3,
                @Param("p") int d4,
                @Param("p") int d5,
                @Param("p") int d6,
                @Param("p") int d7,
                @Param("p") int d8,
                @Param("p") int oneTooMany) {}
    }

    @Test
    void tooManyParameters() {
        assertMistake(
                Crowded.class,
                "An action takes 32 arguments at most but this one takes 33. Use a record"
                        + " at ActionMistakesTest.Crowded.run (class path).");
    }

    public static final class BadName {
        @Action(name = "get weather!", description = "d")
        public void run() {}
    }

    @Test
    void aNameThatModelsRefuse() {
        assertMistake(
                BadName.class,
                "An action's name must be 1 to 64 characters of [A-Za-z0-9_-] but is 'get"
                        + " weather!'. Rename it at ActionMistakesTest.BadName.run (class path).");
    }

    public static final class SameName {
        @Action(name = "a", description = "d")
        public void first() {}

        @Action(name = "a", description = "d")
        public void second() {}
    }

    @Test
    void oneNameForTwoActions() {
        assertMistake(
                SameName.class,
                "An action's name must be unique in its pack but 'a' of pack 'test' is at"
                        + " ActionMistakesTest.SameName.first (class path) too. Rename one"
                        + " at ActionMistakesTest.SameName.second (class path).");
    }

    @Test
    void aClassCompiledWithoutParameterNames() throws Exception {
        Class<?> type =
                CompiledClasses.without("-parameters")
                        .add(
                                "Nameless",
                                """
                                import org.assistantservice.actions.*;
                                public class Nameless {
                                    @Action(name = "a", description = "d")
                                    public void run(@Param("p") String city) {}
                                }
                                """)
                        .load("Nameless");

        assertMistake(
                type,
                "Parameter 'arg0' has lost its name. Compile with the javac option -parameters"
                        + " at Nameless.run (class path).");
    }

    public static final class Unmappable {
        @Action(name = "a", description = "d")
        public void run(@Param("p") List<Thread> threads, @Param("p") Optional<byte[]> bytes) {}
    }

    @Test
    void typesThatJsonCannotBeMappedTo() {
        assertMistake(
                Unmappable.class,
                "Parameter 'threads' has the type Thread, which JSON cannot be mapped to. Use a"
                        + " String, number, boolean, enum, record, list, map or java.time type"
                        + " at ActionMistakesTest.Unmappable.run (class path).",
                "Parameter 'bytes' has the type byte[], which JSON cannot be mapped to. Use a"
                        + " String, number, boolean, enum, record, list, map or java.time type"
                        + " at ActionMistakesTest.Unmappable.run (class path).");
    }

    static final class HiddenClass {
        @Action(name = "a", description = "d")
        public void run() {}
    }

    @Test
    void aClassThatIsNotPublic() {
        assertMistake(
                HiddenClass.class,
                "An action class must be public but ActionMistakesTest.HiddenClass is not. Add"
                        + " 'public' at ActionMistakesTest.HiddenClass (class path).");
    }

    public abstract static class AbstractClass {
        @Action(name = "a", description = "d")
        public void run() {}
    }

    @Test
    void anAbstractClass() {
        assertMistake(
                AbstractClass.class,
                "An action class must be a class that can be constructed but"
                        + " ActionMistakesTest.AbstractClass is abstract. Move its actions to a"
                        + " class at ActionMistakesTest.AbstractClass (class path).");
    }

    public interface AnInterface {
        @Action(name = "a", description = "d")
        default void run() {}
    }

    @Test
    void anInterface() {
        assertMistake(
                AnInterface.class,
                "An action class must be a class that can be constructed but"
                        + " ActionMistakesTest.AnInterface is an interface. Move its actions to a"
                        + " class at ActionMistakesTest.AnInterface (class path).");
    }

    @SuppressWarnings("ClassCanBeStatic") // the mistake
    public class Inner {
        @Action(name = "a", description = "d")
        public void run() {}
    }

    @Test
    void anInnerClass() {
        assertMistake(
                Inner.class,
                "An action class that is nested must be static but ActionMistakesTest.Inner is"
                        + " not. Add 'static' at ActionMistakesTest.Inner (class path).");
    }

    public static final class NoConstructor {
        public NoConstructor(String name) {}

        NoConstructor(ActionSettings settings) {}

        @Action(name = "a", description = "d")
        public void run() {}
    }

    @Test
    void noUsableConstructor() {
        assertMistake(
                NoConstructor.class,
                "An action class has a public constructor without parameters or with"
                        + " ActionSettings as its only one but ActionMistakesTest.NoConstructor has"
                        + " neither. Add one at ActionMistakesTest.NoConstructor (class path).");
    }

    public static final class TwoContexts {
        @Action(name = "a", description = "d")
        public void run(ActionContext one, ActionContext two) {}
    }

    @Test
    void twoContexts() {
        assertMistake(
                TwoContexts.class,
                "An action takes one ActionContext at most but this one takes more. Remove one"
                        + " at ActionMistakesTest.TwoContexts.run (class path).");
    }

    public static final class DescribedContext {
        @Action(name = "a", description = "d")
        public void run(@Param("p") ActionContext context) {}
    }

    @Test
    void aContextWithParam() {
        assertMistake(
                DescribedContext.class,
                "Parameter 'context' is an ActionContext, which the model does not pass. Remove its"
                        + " @Param at ActionMistakesTest.DescribedContext.run (class path).");
    }

    public record OptionalPart(@Param(value = "p", required = false) boolean yes) {}

    public static final class OptionalPrimitive {
        @Action(name = "a", description = "d")
        public void run(
                @Param(value = "p", required = false) int limit, @Param("p") OptionalPart part) {}
    }

    @Test
    void aPrimitiveThatMayBeAbsent() {
        assertMistake(
                OptionalPrimitive.class,
                "Parameter 'limit' may be absent but int cannot be null. Use Integer or make it"
                        + " required at ActionMistakesTest.OptionalPrimitive.run (class path).",
                "Component 'yes' of record ActionMistakesTest.OptionalPart may be absent but"
                        + " boolean cannot be null. Use Boolean or make it required"
                        + " at ActionMistakesTest.OptionalPrimitive.run (class path).");
    }

    public static final class BadTimeout {
        @Action(name = "a", description = "d", timeout = "10 seconds")
        public void run() {}

        @Action(name = "b", description = "d", timeout = "0s")
        public void zero() {}
    }

    @Test
    void aTimeoutThatIsNone() {
        assertMistake(
                BadTimeout.class,
                "Action 'a' must have a timeout like 500ms, 30s, 2m or PT30S but it is '10"
                        + " seconds'. Correct it at ActionMistakesTest.BadTimeout.run (class path).",
                "Action 'b' must have a timeout like 500ms, 30s, 2m or PT30S but it is '0s'."
                        + " Correct it at ActionMistakesTest.BadTimeout.zero (class path).");
    }

    public enum Nothing {}

    public static final class EmptyEnum {
        @Action(name = "a", description = "d")
        public void run(@Param("p") Nothing nothing) {}
    }

    @Test
    void anEnumWithoutConstants() {
        assertMistake(
                EmptyEnum.class,
                "Parameter 'nothing' is the enum ActionMistakesTest.Nothing, which has no"
                        + " constants: nothing can be passed. Add one"
                        + " at ActionMistakesTest.EmptyEnum.run (class path).");
    }

    public sealed interface Shape permits Circle, Square {}

    public static final class Circle implements Shape {}

    public record Square(String type) implements Shape {}

    public static final class BadForms {
        @Action(name = "a", description = "d")
        public void run(@Param("p") Shape shape) {}
    }

    @Test
    void formsOfASealedTypeThatCannotBeTold() {
        assertMistake(
                BadForms.class,
                "Parameter 'shape' has the sealed type ActionMistakesTest.Shape, whose forms must"
                        + " be records, but ActionMistakesTest.Circle is not. Make it a record"
                        + " at ActionMistakesTest.BadForms.run (class path).",
                "Component 'type' of record ActionMistakesTest.Square has the name that tells the"
                        + " forms of ActionMistakesTest.Shape apart. Rename it"
                        + " at ActionMistakesTest.BadForms.run (class path).");
    }

    public sealed interface Vehicle permits Road.Vessel, Water.Vessel {}

    public static final class Road {
        public record Vessel(int wheels) implements Vehicle {}
    }

    public static final class Water {
        public record Vessel(int masts) implements Vehicle {}
    }

    public static final class SameForms {
        @Action(name = "a", description = "d")
        public void run(@Param("p") Vehicle vehicle) {}
    }

    @Test
    void twoFormsOfASealedTypeWithTheSameName() {
        assertMistake(
                SameForms.class,
                "Parameter 'vehicle' has the sealed type ActionMistakesTest.Vehicle, whose forms"
                        + " are told apart by name, but ActionMistakesTest.Road.Vessel and"
                        + " ActionMistakesTest.Water.Vessel are both 'vessel'. Rename one"
                        + " at ActionMistakesTest.SameForms.run (class path).");
    }

    public record Big1(@Param(FULL) int a, @Param(FULL) int b, @Param(FULL) int c) {}

    public record Big2(Big1 a, Big1 b, Big1 c, Big1 d, Big1 e) {}

    public record Big3(Big2 a, Big2 b, Big2 c, Big2 d, Big2 e) {}

    public static final class LargeSchema {
        @Action(name = "a", description = "d")
        public void run(@Param("p") Big3 big) {}
    }

    @Test
    void aSchemaThatIsTooLarge() {
        assertMistake(
                LargeSchema.class,
                "An action's schema has 65536 characters at most but that of 'a' has 80969. Take"
                        + " fewer or simpler arguments"
                        + " at ActionMistakesTest.LargeSchema.run (class path).");
    }

    public record Bomb1(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j) {}

    public record Bomb2(Bomb1 a, Bomb1 b, Bomb1 c, Bomb1 d, Bomb1 e, Bomb1 f, Bomb1 g, Bomb1 h) {}

    public record Bomb3(Bomb2 a, Bomb2 b, Bomb2 c, Bomb2 d, Bomb2 e, Bomb2 f, Bomb2 g, Bomb2 h) {}

    public record Bomb4(Bomb3 a, Bomb3 b, Bomb3 c, Bomb3 d, Bomb3 e, Bomb3 f, Bomb3 g, Bomb3 h) {}

    public static final class Bomb {
        @Action(name = "a", description = "d")
        public void run(@Param("p") Bomb4 bomb) {}
    }

    @Test
    void aTypeWithTooManyParts() {
        assertMistake(
                Bomb.class,
                "Component 'f' of record ActionMistakesTest.Bomb1 has more than 1000 parts. Use a"
                        + " simpler type at ActionMistakesTest.Bomb.run (class path).");
    }

    public static final class StaticInit {
        static final int BROKEN = Integer.parseInt("x");

        @Action(name = "a", description = "d")
        public void run() {}
    }

    @Test
    void aStaticInitialiserThatThrows() {
        assertMistake(
                StaticInit.class,
                "An action class must load and construct without an exception but"
                        + " ActionMistakesTest.StaticInit threw java.lang.NumberFormatException:"
                        + " For input string: \"x\". Correct it"
                        + " at ActionMistakesTest.StaticInit (class path).");
    }

    public static final class Failing {
        public Failing() {
            throw new AssertionError("no database");
        }

        @Action(name = "a", description = "d")
        public void run() {}
    }

    @Test
    void aConstructorThatThrows() {
        assertMistake(
                Failing.class,
                "An action class must load and construct without an exception but"
                        + " ActionMistakesTest.Failing threw java.lang.AssertionError: no database."
                        + " Correct it at ActionMistakesTest.Failing (class path).");
    }

    @Test
    void aClassThatDoesNotLink() throws Exception {
        CompiledClasses classes =
                CompiledClasses.with()
                        .add("Lost", "public record Lost(String name) {}")
                        .add(
                                "Linked",
                                """
                                import org.assistantservice.actions.*;
                                public class Linked {
                                    @Action(name = "a", description = "d")
                                    public void run(@Param("p") Lost lost) {}
                                }
                                """)
                        .remove("Lost");
        var scanned = new ScannedAction("lost.jar", "Linked", "run", "(LLost;)V", "a");

        assertThat(problemsOf(scanned, classes.loader()))
                .containsExactly(
                        "An action class must load and construct without an exception but Linked"
                                + " threw java.lang.ClassNotFoundException: Lost. Correct it"
                                + " at Linked (lost.jar).");
    }

    @Test
    void aClassThatIsNotThere() {
        var scanned = new ScannedAction("x.jar", "com.example.Gone", "run", "()V", "a");

        assertThat(problemsOf(scanned, ActionMistakesTest.class.getClassLoader()))
                .containsExactly(
                        "An action class must load and construct without an exception but Gone"
                                + " threw java.lang.ClassNotFoundException: com.example.Gone."
                                + " Correct it at Gone (x.jar).");
    }

    public static final class Fine {
        @Action(name = "fine", description = "d")
        public void run() {}
    }

    @Test
    void allMistakesOfAPackAreReportedTogether() {
        assertMistakes(
                List.of(StaticMethod.class, Fine.class, BadName.class),
                "An action is an instance method but this one is static. Remove 'static'"
                        + " at ActionMistakesTest.StaticMethod.run (class path).",
                "An action's name must be 1 to 64 characters of [A-Za-z0-9_-] but is 'get"
                        + " weather!'. Rename it at ActionMistakesTest.BadName.run (class path).");
    }

    @Test
    void aClassWithoutActions() {
        assertMistake(
                String.class,
                "A pack has at least one method with @Action but [class java.lang.String] have"
                        + " none. Add one.");
    }

    private static void assertMistake(Class<?> type, String... sentences) {
        assertMistakes(List.of(type), sentences);
    }

    private static void assertMistakes(List<Class<?>> types, String... sentences) {
        ActionDefinitionException refused =
                catchThrowableOfType(
                        ActionDefinitionException.class,
                        () -> BoundActions.of(types.toArray(Class<?>[]::new)));

        assertThat(refused).isNotNull();
        assertThat(refused.problems()).containsExactly(sentences);
    }

    private static List<String> problemsOf(ScannedAction action, ClassLoader loader) {
        return catchThrowableOfType(
                        ActionDefinitionException.class, () -> Binding.of(List.of(action), loader))
                .problems();
    }
}
