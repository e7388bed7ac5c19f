// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include "../views/sample_evaluation.h"
#include "app/project_desk.h"

namespace test {

/// A window's controllers without the window, with evaluations that take no time.
struct UnseenWindow {
    static app::EngineVerbs quick() {
        app::EngineVerbs verbs = app::realEngine();
        verbs.dataBeside = nullptr;
        verbs.evaluate = [](const auto&, const app::Knobs& knobs, const types::Work&) {
            auto evaluation = sample::evaluation(knobs.variation.width, knobs.device);
            evaluation->variation = knobs.variation;
            evaluation->modelSha256 = "width " + std::to_string(knobs.variation.width);
            return types::Result<types::EvaluationPtr>(evaluation);
        };
        return verbs;
    }
    static types::DevicePtr board(const char* id) {
        auto board = std::make_shared<types::DeviceProfile>(*sample::device(id));
        board->clockMhz = 80;
        board->soc = board->core = board->runtime = board->source = board->powerSource = "made up";
        return board;
    }
    app::Explorer explorer{{board("a"), board("b")}, quick()};
    app::ProjectDesk desk;

    explicit UnseenWindow(const QString& journals) : desk(explorer, journals.toStdString()) {}

    bool wait(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, 20'000); }
    void settle() {
        QTest::qWait(0);
        ASSERT_TRUE(
            wait([this] { return explorer.isUpToDate() && !explorer.isBusy() && desk.isKept(); }));
    }
    void open(const QString& path) {
        QSignalSpy opened(&explorer, &app::Explorer::modelOpened);
        explorer.openModel(path);
        ASSERT_TRUE(wait([&] { return opened.count() == 1; }));
        settle();
    }
    void edit(double width) {
        explorer.editVariation(sample::narrowed(width));
        explorer.finishEdit();
        settle();
    }
    void save(const QString& path) {
        QSignalSpy saved(&explorer, &app::Explorer::projectSaved);
        desk.save(path);
        ASSERT_TRUE(wait([&] { return saved.count() == 1; }));
    }
};

}  // namespace test
