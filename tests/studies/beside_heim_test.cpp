// SPDX-License-Identifier: GPL-3.0-or-later
// The study that puts a matrix beside the published factors of Heim et al. 2021.
#include "studies/beside_heim.h"

#include <gtest/gtest.h>

#include "studies/heim_records.h"
#include "studies/matrix_records.h"

namespace {

using namespace types;

MatrixCell cellAt(const char* kernels, const char* flags, const char* precision, double count) {
    MatrixCell cell;
    cell.place = {"qemu-cortex-m4", kernels, flags, precision};
    cell.state = CellState::Measured;
    cell.core = "Cortex-M4";
    cell.value = count;
    return cell;
}

studies::StudyRequest matrixRequest() {
    CostMatrix matrix{"kws", "kws.tflite", {}};
    matrix.cells = {cellAt("plain", "-O3", "int8", 100), cellAt("packed", "-O3", "int8", 25),
                    cellAt("plain", "-Os", "int8", 150), cellAt("packed", "-Os", "int8", 30),
                    cellAt("plain", "-O3", "float32", 80)};
    matrix.cells.push_back(matrix.cells.back());
    matrix.cells.back().value.reset();
    studies::StudyRequest request;
    request.measured = studies::recordsOf(matrix);
    return request;
}

const std::vector<StudyCell>* rowOf(const Study& study, const std::string& what) {
    for (const auto& row : study.table.rows)
        if (row[0] == StudyCell(what)) return &row;
    return nullptr;
}

TEST(BesideHeim, FactorsStandBesideThoseOfTheSameCore) {
    const auto study = studies::runStudy("kernels-compared", matrixRequest());
    ASSERT_TRUE(study) << study.error().message();
    const auto* kernels = rowOf(*study, "Optimised kernels against plain ones, int8");
    ASSERT_NE(kernels, nullptr);
    EXPECT_EQ((*kernels)[1], StudyCell("Cortex-M4"));
    EXPECT_EQ((*kernels)[2], StudyCell(2.0));
    EXPECT_NEAR(std::get<double>((*kernels)[3]), 0.225, 1e-9);
    // Of 36.39 / 120.67 ms, 16.11 / 65.60 ms and so on: four pairs of both flags.
    EXPECT_EQ((*kernels)[6], StudyCell(8.0));
    EXPECT_NEAR(std::get<double>((*kernels)[9]), 36.3913 / 120.67, 1e-6);
    EXPECT_EQ((*kernels)[10], StudyCell("DISCO-F469NI, NUCLEO-L496ZG"));
    const auto* size = rowOf(*study, "-Os against -O3 or -Ofast, int8, plain kernels");
    ASSERT_NE(size, nullptr);
    EXPECT_DOUBLE_EQ(std::get<double>((*size)[3]), 1.5);
    const auto* numbers = rowOf(*study, "int8 against float32, plain kernels");
    ASSERT_NE(numbers, nullptr);
    EXPECT_DOUBLE_EQ(std::get<double>((*numbers)[3]), 1.25);
    EXPECT_EQ(study->charts.size(), 4u);
    EXPECT_NE(study->sources.back().find("TFLM-Evaluation"), std::string::npos);
}

// Without CMSIS-NN int8 is slower than float32 on both Cortex-M4 boards.
TEST(BesideHeim, ThePublishedFactorsAreTheirs) {
    studies::StudyRequest request;
    request.measured = studies::heimRecords();
    EXPECT_EQ(request.measured.size(), 44u);
    const auto study = studies::runStudy("kernels-compared", request);
    ASSERT_TRUE(study);
    for (const auto& row : study->table.rows)
        for (size_t i = 2; i < 6; ++i)
            EXPECT_EQ(row[i], row[i + 4]) << std::get<std::string>(row[0]);
}

TEST(BesideHeim, NothingToCompareSaysWhatToMeasure) {
    studies::StudyRequest request = matrixRequest();
    request.measured.resize(1);
    const auto study = studies::runStudy("kernels-compared", request);
    ASSERT_FALSE(study);
    EXPECT_NE(study.error().remedy.find("--matrix"), std::string::npos);
}

}  // namespace
