// SPDX-License-Identifier: GPL-3.0-or-later
// The forms in which a model leaves the window: each says what it is, has a command line, and is
// written.
#include "app/export_forms.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <set>

#include "app/export_desk.h"
#include "fake_engine.h"

namespace {

report::ReportInput sampleInput() {
    report::ReportInput input;
    input.name = "sample";
    input.reported = input.original = sample::evaluation();
    input.subject.model = "my sample.tflite";
    return input;
}

QByteArray contentsOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

TEST(ExportForms, EachSaysWhatItIsAndHowItIsMade) {
    const auto input = sampleInput();
    const auto forms = app::exportForms(*input.reported, input.subject);
    ASSERT_EQ(forms.size(), app::exportKinds().size());
    std::set<QString> titles, commands;
    for (const views::ExportForm& form : forms) {
        EXPECT_TRUE(titles.insert(form.title).second);
        EXPECT_TRUE(commands.insert(form.command).second);
        EXPECT_GT(form.what.size(), 20);
        EXPECT_TRUE(form.command.startsWith("netcaliper-cli ")) << form.command.toStdString();
        EXPECT_TRUE(form.command.contains("'my sample.tflite'")) << "quoted for a shell";
        EXPECT_NE(app::exportKind(form.id), nullptr);
    }
    EXPECT_EQ(forms[0].size, "10,000 bytes");
    EXPECT_EQ(app::exportKind("exe"), nullptr);
}

TEST(ExportForms, AVariationIsWrittenBeforeItIsNamed) {
    auto input = sampleInput();
    input.subject.variation = sample::narrowed(0.5);
    const QString command = app::exportForms(*input.reported, input.subject)[0].command;
    EXPECT_TRUE(command.startsWith("cat > variation.json"));
    EXPECT_TRUE(command.section('\n', -1).contains("--variation variation.json"));
}

TEST(ExportForms, FilesAreWrittenInTheirForm) {
    QTemporaryDir directory;
    const auto input = sampleInput();
    const auto write = [&](const char* id, const QString& name) {
        const QString path = directory.filePath(name);
        const auto files = app::exportTo(*app::exportKind(id), input, path);
        EXPECT_TRUE(files) << (files ? "" : files.error().message());
        return contentsOf(path);
    };
    EXPECT_TRUE(write("csv", "layers.csv").startsWith("index,op"));
    EXPECT_TRUE(write("report-pdf", "r.pdf").startsWith("%PDF"));
    EXPECT_TRUE(write("report-html", "r.html").contains("Does not fit BOARD"));
    EXPECT_TRUE(write("netron", "n.json").contains("netron:attachment"));
    write("model-explorer", "data");
    EXPECT_TRUE(contentsOf(directory.filePath("data/macs.json")).contains("results"));
}

TEST(ExportForms, NamesLeadIntoNoOtherFolder) {
    auto evaluation = sample::evaluation();
    auto graph = std::make_shared<types::Graph>(*evaluation->graph);
    graph->name = "../my model";
    evaluation->graph = graph;
    EXPECT_EQ(app::proposedName(*evaluation), ".._my_model");
}

struct ExportDeskTest : testing::Test {
    fake::FakeEngine engine;
    app::Explorer explorer{{sample::device()}, engine.verbs()};
    views::ExportPage page;
    app::ExportDesk desk{explorer, page};

    void SetUp() override {
        explorer.openModel("model.tflite");
        ASSERT_TRUE(QTest::qWaitFor([this] { return explorer.isUpToDate(); }));
        page.show();
    }
};

TEST_F(ExportDeskTest, ThePageHasACardForEachForm) {
    ASSERT_EQ(page.cards().size(), app::exportKinds().size());
    const QString before = page.cards()[0]->form().command;
    explorer.editVariation(sample::narrowed(0.5));
    explorer.finishEdit();
    ASSERT_TRUE(QTest::qWaitFor([this] { return explorer.isUpToDate(); }));
    EXPECT_NE(page.cards()[0]->form().command, before) << "the cards follow the knobs";
}

TEST_F(ExportDeskTest, TheReportHoldsTheVariationsTried) {
    explorer.editVariation(sample::narrowed(0.5));
    explorer.finishEdit();
    ASSERT_TRUE(QTest::qWaitFor([this] { return explorer.isUpToDate(); }));
    QTemporaryDir directory;
    const QString path = directory.filePath("report.html");
    QSignalSpy written(&desk, &app::ExportDesk::written);
    desk.saveTo("report-html", path);
    ASSERT_TRUE(QTest::qWaitFor([&] { return written.count() == 1; }));
    EXPECT_TRUE(contentsOf(path).contains("Variations tried"));
}

TEST_F(ExportDeskTest, APlaceThatCannotBeWrittenIsReported) {
    QSignalSpy failures(&desk, &app::ExportDesk::failed);
    desk.saveTo("csv", "/nowhere/at/all.csv");
    EXPECT_TRUE(QTest::qWaitFor([&] { return failures.count() == 1; }));
}

}  // namespace
