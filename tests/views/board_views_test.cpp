// SPDX-License-Identifier: GPL-3.0-or-later
// The list of boards is grouped and searched; a chosen board shows its memory and what its
// latencies rest on.
#include <gtest/gtest.h>

#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "views/widgets/board_chooser.h"
#include "views/widgets/knobs/board_details.h"
#include "views/widgets/knobs/variation_panel.h"

namespace {

using namespace views;

types::DevicePtr board(const char* name, const char* vendor, const char* core = "Cortex-M4") {
    auto device = std::make_shared<types::DeviceProfile>();
    device->name = name;
    device->id = QString(name).toLower().toStdString();
    device->vendor = vendor;
    device->core = core;
    device->clockMhz = 100;
    device->flashBytes = 1 << 20;
    device->sramBytes = 256 << 10;
    device->source = "a data sheet";
    return device;
}

std::vector<types::DevicePtr> boards() {
    return {board("Zeta", "Beta Inc"), board("Emulated", ""), board("Gamma", "Alpha Inc"),
            board("Eta", "Alpha Inc", "Xtensa LX7")};
}

QStringList texts(const QComboBox& box) {
    QStringList all;
    for (int row = 0; row < box.count(); ++row)
        all << box.itemText(row);
    return all;
}

QStringList found(BoardChooser& chooser, const QString& typed) {
    chooser.completer()->setCompletionPrefix(typed);
    QStringList all;
    for (int row = 0; row < chooser.completer()->completionCount(); ++row) {
        chooser.completer()->setCurrentRow(row);
        all << chooser.completer()->currentCompletion();
    }
    return all;
}

QString shownText(const QWidget& widget) {
    QStringList all;
    for (const QLabel* label : widget.findChildren<QLabel*>())
        if (label->isVisibleTo(&widget)) all << label->text();
    return all.join('|');
}

TEST(BoardChooser, GroupsByVendorAndSortsByName) {
    BoardChooser chooser;
    chooser.setDevices(boards());
    EXPECT_EQ(texts(chooser), (QStringList{"Alpha Inc", "Eta", "Gamma", "Beta Inc", "Zeta",
                                           "Emulated, and other profiles", "Emulated"}));
    EXPECT_FALSE(chooser.model()->index(0, 0).flags() & Qt::ItemIsEnabled);
    EXPECT_EQ(chooser.currentIndex(), -1);
    EXPECT_EQ(chooser.device(), nullptr);
}

TEST(BoardChooser, SearchesNameVendorAndCore) {
    BoardChooser chooser;
    chooser.setDevices(boards());
    EXPECT_EQ(found(chooser, "eta"), (QStringList{"Eta", "Zeta"}));
    EXPECT_EQ(found(chooser, "xtensa"), (QStringList{"Eta"}));
    EXPECT_EQ(found(chooser, "ALPHA"), (QStringList{"Eta", "Gamma"}));
    EXPECT_EQ(found(chooser, "nothing like it"), QStringList());
}

TEST(BoardChooser, AChoiceIsTold) {
    BoardChooser chooser;
    const auto all = boards();
    chooser.setDevices(all);
    types::DevicePtr chosen;
    QObject::connect(&chooser, &BoardChooser::deviceChosen,
                     [&](const types::DevicePtr& device) { chosen = device; });
    chooser.chooseId("zeta");
    EXPECT_EQ(chosen, nullptr) << "only the user's choices are told";
    EXPECT_EQ(chooser.device(), all[0]);
    QTest::keyClick(&chooser, Qt::Key_Up);
    EXPECT_EQ(chosen, all[2]) << "past the heading of the group";
}

TEST(BoardChooser, WhatIsNoBoardGivesWayToTheChosenOne) {
    BoardChooser chooser;
    chooser.setDevices(boards());
    chooser.chooseId("gamma");
    chooser.lineEdit()->setText("nothing like it");
    emit chooser.lineEdit()->editingFinished();
    EXPECT_EQ(chooser.currentText(), "Gamma");
}

TEST(BoardChooser, KeepsTheChoiceWhenTheListGrows) {
    BoardChooser chooser;
    auto all = boards();
    chooser.setDevices(all, "nothing");
    EXPECT_EQ(chooser.currentText(), "nothing");
    EXPECT_EQ(chooser.device(), nullptr);
    chooser.chooseId("gamma");
    all.push_back(board("Delta", "Alpha Inc"));
    chooser.setDevices(all, "nothing");
    EXPECT_EQ(chooser.device(), all[2]);
}

TEST(BoardDetails, ShowEveryRegionWithItsSource) {
    auto device = std::make_shared<types::DeviceProfile>(*board("Gamma", "Alpha Inc"));
    device->regions = {{"SRAM1", 128 << 10, "table 3"}, {"PSRAM", 8 << 20, "order code"}};
    device->otherRegions = {{"ITCM", 64 << 10, "table 4", types::RegionUse::Code},
                            {"bank 1", 1 << 20, "table 5", types::RegionUse::Flash}};
    BoardDetails details;
    details.setDevice(device);
    const QString text = shownText(details);
    for (const char* part : {"SRAM1", "128 KiB", "PSRAM", "8.00 MiB", "ITCM", "code", "bank 1"})
        EXPECT_TRUE(text.contains(part)) << part << " in " << text.toStdString();
    bool hasSource = false;
    for (const QLabel* label : details.findChildren<QLabel*>())
        hasSource = hasSource || label->toolTip().contains("table 3");
    EXPECT_TRUE(hasSource);
    details.setDevice(board("Eta", ""));
    EXPECT_FALSE(shownText(details).contains("PSRAM"));
    EXPECT_TRUE(shownText(details).contains("256 KiB")) << "one region: all of the SRAM";
}

TEST(BoardDetails, SayWhatTenLayersGiveWhereNoneArePublished) {
    BoardDetails details;
    details.setDevice(board("Gamma", "Alpha Inc"));
    EXPECT_TRUE(shownText(details).contains("no published layers"));
    EXPECT_TRUE(shownText(details).contains("Ten measured layers"));
    EXPECT_EQ(details.summary(), "no latency");
    auto known = std::make_shared<types::DeviceProfile>(*board("Gamma", "Alpha Inc"));
    known->kernels.push_back({"CONV_2D", "int8", {{"mac", 2}}, {}, 0.05, {}, 31, 0, "", "measured", {}});
    details.setDevice(known);
    EXPECT_TRUE(shownText(details).contains("31 layers of this board"));
    EXPECT_TRUE(shownText(details).contains("CONV_2D ± 5.0 %"));
    EXPECT_FALSE(shownText(details).contains("Ten measured layers"));
}

TEST(VariationPanel, ShowsTheRuntimesReleaseAndUnfoldsWhatABoardLacks) {
    VariationPanel panel;
    auto device = std::make_shared<types::DeviceProfile>(*board("Gamma", "Alpha Inc"));
    device->runtime = "X-CUBE-AI";
    device->runtimeVersion = "10.2";
    panel.setDevices({device});
    panel.setDevice(device);
    EXPECT_TRUE(shownText(panel).contains("X-CUBE-AI, 10.2"));
    EXPECT_TRUE(shownText(panel).contains("Ten measured layers"));
}

}  // namespace
