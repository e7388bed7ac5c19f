// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporting_dialog.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QTemporaryDir>

#include "../views/sample_evaluation.h"

namespace {

TEST(Exporting, WritesTheLayersAsCsv) {
    QTemporaryDir directory;
    const QString path = directory.filePath("layers.csv");
    const auto written = app::exportTo(*sample::evaluation(), path);
    ASSERT_TRUE(written) << written.error().message();
    EXPECT_EQ(*written, QStringList{path});
    EXPECT_GT(QFile(path).size(), 0);
}

TEST(Exporting, RefusesAnUnknownEnding) {
    const auto written = app::exportTo(*sample::evaluation(), "model.exe");
    ASSERT_FALSE(written);
    EXPECT_NE(written.error().message().find(".tflite"), std::string::npos);
}

}  // namespace
