// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions as cells of a matrix, and a matrix drawn again from its sessions.
#include "matrix/matrix_sessions.h"

#include <gtest/gtest.h>

namespace {

using namespace types;

Measurement whole(Quantity quantity, double value) {
    Measurement m;
    m.key = kWhole;
    m.quantity = quantity;
    m.samples = {value};
    return m;
}

SessionPtr cellSession(const std::string& target, const std::string& precision, double count,
                       const std::string& name = "kws") {
    Session session;
    session.format = target;
    session.conditions.source = MeasurementSource::Emulator;
    session.conditions.core = "Cortex-M4";
    session.conditions.runtime = "Netcaliper";
    session.conditions.modelHash = "hash of " + precision;
    session.conditions.notes = "outputs: equal";
    session.measurements = {whole(Quantity::Instructions, count)};
    matrix::putInto({name, "kws.tflite", {target, "packed", "-O2", precision}}, session);
    return std::make_shared<const Session>(session);
}

Session otherTool() {
    Session session;
    session.name = "tflm";
    session.format = "csv";
    session.conditions.source = MeasurementSource::Emulator;
    session.conditions.core = "Cortex-M4";
    session.conditions.runtime = "TFLM";
    session.conditions.kernels = "CMSIS-NN";
    session.conditions.flags = "-O2";
    session.conditions.modelHash = "hash of int8";
    session.measurements = {whole(Quantity::Instructions, 7)};
    return session;
}

TEST(MatrixSessions, APlaceIsReadFromTheNotesAsItWasWritten) {
    const SessionPtr session = cellSession("qemu-cortex-m4", "int8", 5);
    EXPECT_EQ(session->name, "kws/qemu-cortex-m4/packed/-O2/int8");
    const auto place = matrix::placeOf(session->conditions);
    ASSERT_TRUE(place);
    EXPECT_EQ(place->matrix, "kws");
    EXPECT_EQ(place->model, "kws.tflite");
    EXPECT_EQ(place->place, (MatrixPlace{"qemu-cortex-m4", "packed", "-O2", "int8"}));
    EXPECT_TRUE(session->conditions.notes.starts_with("outputs: equal\n"));
}

TEST(MatrixSessions, OtherNotesAreNoPlace) {
    Conditions conditions;
    for (const char* notes : {"", "matrix: kws", "matrix: a | b | c", "the matrix: a|b|c|d|e|f"}) {
        conditions.notes = notes;
        EXPECT_FALSE(matrix::placeOf(conditions)) << notes;
    }
}

TEST(MatrixSessions, AMatrixIsDrawnFromItsSessionsInOrder) {
    const std::vector<SessionPtr> sessions = {
        cellSession("qemu-cortex-m33", "int8", 10), cellSession("qemu-cortex-m4", "float32", 30),
        cellSession("qemu-cortex-m4", "int8", 20), cellSession("qemu-cortex-m4", "int8", 1, "ad")};
    EXPECT_EQ(matrix::matrixNames(sessions), (std::vector<std::string>{"kws", "ad"}));
    const CostMatrix drawn = matrix::matrixOf(sessions, "kws");
    ASSERT_EQ(drawn.cells.size(), 3u);
    EXPECT_EQ(drawn.model, "kws.tflite");
    EXPECT_EQ(drawn.cells[0].value, 20);
    EXPECT_EQ(drawn.cells[2].at(MatrixAxis::Target), "qemu-cortex-m33");
    EXPECT_EQ(drawn.along(MatrixAxis::Precision), (std::vector<std::string>{"int8", "float32"}));
    EXPECT_DOUBLE_EQ(*relativeCost(drawn, drawn.cells[1]), 1.5);
    EXPECT_DOUBLE_EQ(*relativeCost(drawn, drawn.cells[2]), 1);
    EXPECT_TRUE(matrix::matrixOf(sessions, "no such").cells.empty());
}

TEST(MatrixSessions, AnotherToolsSessionOfTheSameFileJoins) {
    Session foreign = otherTool(), host = otherTool(), otherModel = otherTool();
    host.conditions.source = MeasurementSource::Host;
    otherModel.conditions.modelHash = "another";
    std::vector<SessionPtr> sessions = {cellSession("qemu-cortex-m4", "int8", 20)};
    for (const Session& session : {foreign, host, otherModel})
        sessions.push_back(std::make_shared<const Session>(session));
    const CostMatrix drawn = matrix::matrixOf(sessions, "kws");
    ASSERT_EQ(drawn.cells.size(), 2u);
    EXPECT_EQ(drawn.cells[1].place,
              (MatrixPlace{"qemu-cortex-m4", "TFLM CMSIS-NN", "-O2", "int8"}));
    EXPECT_EQ(drawn.cells[1].session, "tflm");
}

TEST(MatrixSessions, CyclesOfABoardWithAClockAreATime) {
    Session session = otherTool();
    session.conditions.clockMhz = 100;
    session.measurements = {whole(Quantity::Cycles, 5000)};
    const MatrixCell cell = matrix::cellOf(session, {});
    EXPECT_EQ(cell.quantity, Quantity::LatencyUs);
    EXPECT_DOUBLE_EQ(*cell.value, 50);
    session.measurements[0].estimated = true;
    EXPECT_EQ(matrix::cellOf(session, {}).state, CellState::Failed);
}

}  // namespace
