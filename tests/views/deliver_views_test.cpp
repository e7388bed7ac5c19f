// SPDX-License-Identifier: GPL-3.0-or-later
// Boards, export cards, the verdict and the rail, without an engine.
#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "sample_evaluation.h"
#include "views/models/reserved_line.h"
#include "views/widgets/data_table.h"
#include "views/widgets/page_rail.h"
#include "views/widgets/pages/boards_page.h"
#include "views/widgets/pages/export_page.h"
#include "views/widgets/verdict_line.h"

namespace {

views::BoardRow boardRow(const std::string& name, int64_t sramUsed, double us,
                         views::BoardKind kind = views::BoardKind::Real) {
    auto device = std::make_shared<types::DeviceProfile>();
    device->id = device->name = name;
    device->core = "Cortex-M4";
    device->sramBytes = 4096;
    device->reservedSram = {{views::kOtherReserved, 512, "set", true}};
    views::BoardRow row;
    row.device = device;
    row.kind = kind;
    row.flash = sample::budget({{"model", 100, ""}}, 9000);
    row.sram = sample::budget({{"arena", sramUsed, ""}}, 4096);
    row.verdict = row.sram.verdict();
    row.latencyUs = types::Estimate{us, us * 0.8, us * 1.2};
    return row;
}

views::BoardRows someBoards() {
    return {boardRow("own", 1000, 10, views::BoardKind::Own), boardRow("slow", 1000, 4000),
            boardRow("fast", 1000, 800), boardRow("tiny", 5000, 100),
            boardRow("qemu", 1000, 20, views::BoardKind::Emulated)};
}

TEST(BoardsModel, GroupsKindsAndSaysWhatIsLeft) {
    views::BoardsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setBoards(someBoards(), "fast");
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names << model.index(row, views::BoardsModel::Board).data().toString();
    EXPECT_EQ(names, (QStringList{"slow", "fast", "tiny", "qemu", "own"}));
    EXPECT_EQ(model.index(1, views::BoardsModel::Time).data().toString(), "800 µs");
    EXPECT_EQ(model.index(1, views::BoardsModel::SramSpare).data().toString(), "3.02 KiB");
    EXPECT_EQ(model.index(2, views::BoardsModel::Fits).data().toString(), "SRAM too small");
    EXPECT_EQ(model.index(2, views::BoardsModel::SramSpare).data().toString(),
              QString(views::kMinus) + "904 bytes");
    EXPECT_TRUE(model.index(1, 0).data(Qt::FontRole).value<QFont>().bold()) << "the chosen one";
}

TEST(BoardsModel, TheSentenceCountsRealBoards) {
    EXPECT_EQ(views::boardsSentence(someBoards(), "w0.5"),
              "w0.5 fits 2 of 3 real boards; the fastest of them: fast, 800 µs.");
    EXPECT_EQ(views::boardsSentence({}, "w0.5"), "");
}

TEST(BoardsModel, WhatIsKeptIsEditedInPlace) {
    views::BoardsModel model;
    model.setBoards(someBoards(), {});
    QSignalSpy edits(&model, &views::BoardsModel::keptEdited);
    const QModelIndex kept = model.index(0, views::BoardsModel::SramKept);
    EXPECT_TRUE(kept.flags() & Qt::ItemIsEditable);
    EXPECT_FALSE(model.index(0, views::BoardsModel::Time).flags() & Qt::ItemIsEditable);
    EXPECT_FALSE(model.setData(kept, "many", Qt::EditRole));
    EXPECT_FALSE(model.setData(kept, "-4", Qt::EditRole));
    EXPECT_FALSE(model.setData(kept, "512", Qt::EditRole)) << "as it is";
    EXPECT_TRUE(model.setData(kept, "16,384", Qt::EditRole));
    ASSERT_EQ(edits.count(), 1);
}

TEST(BoardsPage, SearchKindAndFitNarrowTheTable) {
    views::EvaluationFeed feed;
    views::BoardsPage page(feed);
    page.setBoards(someBoards(), "fast");
    const auto rows = [&page] { return page.table().proxy().rowCount(); };
    EXPECT_EQ(rows(), 5);
    page.findChild<QCheckBox*>()->setChecked(true);
    EXPECT_EQ(rows(), 4);
    page.findChild<QComboBox*>()->setCurrentIndex(1);
    EXPECT_EQ(rows(), 2);
    page.findChild<QLineEdit*>()->setText("FAST");
    EXPECT_EQ(rows(), 1);
    QSignalSpy chosen(&page, &views::BoardsPage::boardChosen);
    page.table().setCurrentIndex(page.table().proxy().index(0, 0));
    QTest::keyClick(&page.table(), Qt::Key_Return);
    EXPECT_EQ(chosen.count(), 1);
}

TEST(BoardsPage, AsksForRowsOnlyInFront) {
    views::EvaluationFeed feed;
    views::BoardsPage page(feed);
    QSignalSpy requests(&page, &views::BoardsPage::boardsRequested);
    feed.setEvaluation(sample::evaluation());
    EXPECT_EQ(requests.count(), 0);
    page.show();
    EXPECT_EQ(requests.count(), 1);
    feed.setEvaluation(sample::evaluation(0.5));
    EXPECT_EQ(requests.count(), 2);
}

TEST(ExportCard, CopiesTheWholeCommand) {
    views::ExportPage page;
    page.setForms({{"csv", "Table", "What it is", "3 layers", "cat > v.json\nnetcaliper-cli x"}});
    ASSERT_EQ(page.cards().size(), 1u);
    const auto* line = page.cards()[0]->findChild<QLineEdit*>();
    EXPECT_EQ(line->text(), "netcaliper-cli x");
    for (auto* button : page.cards()[0]->findChildren<QPushButton*>()) {
        EXPECT_TRUE(button->accessibleName().contains("Table"));
        if (button->text() == "Copy") button->click();
    }
    EXPECT_EQ(QGuiApplication::clipboard()->text(), "cat > v.json\nnetcaliper-cli x\n");
    QSignalSpy saves(&page, &views::ExportPage::saveRequested);
    for (auto* button : page.cards()[0]->findChildren<QPushButton*>())
        if (button->text() != "Copy") button->click();
    ASSERT_EQ(saves.count(), 1);
    EXPECT_EQ(saves[0][0].toString(), "csv");
}

TEST(VerdictLine, OffersWhatWouldMendIt) {
    views::VerdictLine line;
    line.resize(500, 80);
    line.show();
    types::ModelVerdict verdict{types::Verdict::Exceeds,
                                "Does not fit.",
                                "Fast.",
                                "Right.",
                                {"Because of this.", "And that."}};
    line.setVerdict(verdict, true);
    EXPECT_EQ(line.sentence(), "Does not fit. Fast. Right.");
    EXPECT_EQ(line.accessibleName(), line.sentence());
    EXPECT_TRUE(line.toolTip().contains("And that."));
    QSignalSpy fits(&line, &views::VerdictLine::fitRequested);
    QSignalSpy data(&line, &views::VerdictLine::dataRequested);
    for (auto* button : line.findChildren<QPushButton*>()) {
        EXPECT_TRUE(button->isVisible());
        EXPECT_FALSE(button->accessibleName().isEmpty());
        button->click();
    }
    EXPECT_EQ(fits.count(), 1);
    EXPECT_EQ(data.count(), 1);
    verdict.room = types::Verdict::Fits;
    line.setVerdict(verdict, false);
    for (auto* button : line.findChildren<QPushButton*>())
        EXPECT_FALSE(button->isVisible());
}

TEST(VerdictLine, ItsSentenceIsTheLargestText) {
    views::VerdictLine line;
    line.setVerdict({types::Verdict::Fits, "It fits.", "Fast.", "Right.", {"Because."}}, false);
    int sentences = 0;
    for (const auto* label : line.findChildren<QLabel*>()) {
        const bool isSentence = label->text() == line.sentence();
        sentences += isSentence;
        EXPECT_EQ(label->font().pointSizeF() > line.font().pointSizeF(), isSentence);
    }
    EXPECT_EQ(sentences, 1);
}

TEST(PageRail, GroupsAreNoPages) {
    views::PageRail rail;
    rail.addGroup("One");
    rail.addPage({}, "a", "Ctrl+1");
    rail.addPage({}, "b", "Ctrl+2");
    rail.addGroup("Two");
    rail.addPage({}, "c", "Ctrl+3");
    QSignalSpy chosen(&rail, &views::PageRail::pageChosen);
    rail.setCurrentPage(2);
    EXPECT_EQ(rail.currentItem()->text(), "c");
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_EQ(chosen[0][0].toInt(), 2);
    const int wide = rail.sizeHint().width();
    rail.setCompact(true);
    EXPECT_LT(rail.sizeHint().width(), wide / 2 + 20);
}

}  // namespace
