// SPDX-License-Identifier: GPL-3.0-or-later
// Projects: a saved project is read back equal, and a failed save keeps the old file.
#include "app/project.h"

#include <gtest/gtest.h>

#include <QTemporaryDir>
#include <filesystem>

#include "tflite/write.h"
#include "zoo/reference_models.h"

namespace {

types::SessionPtr namedSession(const std::string& name) {
    types::Session session;
    session.name = name;
    session.format = "host";
    session.measurements.push_back(
        {types::kWhole, std::nullopt, "", types::Quantity::LatencyUs, {1.5, 1.25}, false, ""});
    return std::make_shared<const types::Session>(session);
}

app::Project sample() {
    types::Variation narrow;
    narrow.width = 0.75;
    return {zoo::keywordDsCnn(zoo::Precision::Int8).value(),
            {types::Variation{}, narrow},
            {},
            {namedSession("first"), namedSession("second")}};
}

TEST(Project, ComesBackAsItWasSaved) {
    QTemporaryDir directory;
    const std::filesystem::path path =
        std::filesystem::path(directory.path().toStdString()) / "a.netcaliper";
    const app::Project saved = sample();
    ASSERT_TRUE(app::writeProject(saved, path));
    const auto read = app::readProject(path);
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_EQ(tflite::writeBytes(*read->graph).view().size(),
              tflite::writeBytes(*saved.graph).view().size());
    EXPECT_EQ(read->variations, saved.variations);
    ASSERT_EQ(read->sessions.size(), 2u);
    EXPECT_EQ(read->sessions[1]->measurements, saved.sessions[1]->measurements);
}

TEST(Project, KeepsMarksAlsoOfVariationsThatASweepTried) {
    QTemporaryDir directory;
    const std::filesystem::path path =
        std::filesystem::path(directory.path().toStdString()) / "a.netcaliper";
    app::Project saved = sample();
    types::Variation swept;
    swept.width = 0.4;
    saved.marks = {{saved.variations[1], {"ship this", "as fast as it gets", true, false}},
                   {swept, {"", "", false, true}}};
    ASSERT_TRUE(app::writeProject(saved, path));
    const auto read = app::readProject(path);
    ASSERT_TRUE(read) << read.error().message();
    ASSERT_EQ(read->marks.size(), 2u);
    for (const auto& entry : saved.marks)
        EXPECT_EQ(std::count(read->marks.begin(), read->marks.end(), entry), 1);
    saved.marks.clear();
    ASSERT_TRUE(app::writeProject(saved, path));
    EXPECT_TRUE(app::readProject(path)->marks.empty());
}

TEST(Project, SavingAgainReplaces) {
    QTemporaryDir directory;
    const std::filesystem::path path =
        std::filesystem::path(directory.path().toStdString()) / "a.netcaliper";
    app::Project project = sample();
    ASSERT_TRUE(app::writeProject(project, path));
    project.sessions.pop_back();
    ASSERT_TRUE(app::writeProject(project, path));
    EXPECT_EQ(app::readProject(path)->sessions.size(), 1u);
}

TEST(Project, AFailedSaveSaysSoAndLeavesTheOldFile) {
    const auto written = app::writeProject(sample(), "/no/such/directory/a.netcaliper");
    ASSERT_FALSE(written);
    QTemporaryDir directory;
    const std::filesystem::path path =
        std::filesystem::path(directory.path().toStdString()) / "a.netcaliper";
    ASSERT_TRUE(app::writeProject(sample(), path));
    app::Project twice = sample();
    twice.sessions.push_back(twice.sessions[0]);  // a name is unique in a file
    EXPECT_FALSE(app::writeProject(twice, path));
    EXPECT_EQ(app::readProject(path)->sessions.size(), 2u);
}

}  // namespace
