// SPDX-License-Identifier: GPL-3.0-or-later
#include "studies/heim_records.h"

#include <array>

namespace studies {
namespace {

/// Milliseconds with the reference kernels and with CMSIS-NN; 0: not measured.
struct HeimRow {
    const char *board, *core, *model, *numbers, *flags;
    std::array<double, 2> ms;
};

constexpr HeimRow kHeimRows[] = {
    {"NUCLEO-L496ZG", "Cortex-M4", "LeNet-5", "float32", "-Ofast", {112.196, 113.152}},
    {"NUCLEO-L496ZG", "Cortex-M4", "LeNet-5", "float32", "-Os", {175.796, 173.673}},
    {"NUCLEO-L496ZG", "Cortex-M4", "LeNet-5", "int8", "-Ofast", {120.67, 36.3913}},
    {"NUCLEO-L496ZG", "Cortex-M4", "LeNet-5", "int8", "-Os", {192.898, 41.8679}},
    {"NUCLEO-L496ZG", "Cortex-M4", "ResNet-20", "int8", "-Ofast", {12088.5, 2217.01}},
    {"NUCLEO-L496ZG", "Cortex-M4", "ResNet-20", "int8", "-Os", {26580.8, 2839.52}},
    {"DISCO-F469NI", "Cortex-M4", "LeNet-5", "float32", "-Ofast", {58.5431, 59.5089}},
    {"DISCO-F469NI", "Cortex-M4", "LeNet-5", "float32", "-Os", {94.3144, 93.1434}},
    {"DISCO-F469NI", "Cortex-M4", "LeNet-5", "int8", "-Ofast", {65.5978, 16.106}},
    {"DISCO-F469NI", "Cortex-M4", "LeNet-5", "int8", "-Os", {107.403, 19.4709}},
    {"DISCO-F469NI", "Cortex-M4", "ResNet-20", "float32", "-Ofast", {6151.93, 6151.93}},
    {"DISCO-F469NI", "Cortex-M4", "ResNet-20", "float32", "-Os", {14187.4, 14186.9}},
    {"DISCO-F469NI", "Cortex-M4", "ResNet-20", "int8", "-Ofast", {6506.26, 984.318}},
    {"DISCO-F469NI", "Cortex-M4", "ResNet-20", "int8", "-Os", {14993.1, 1391.34}},
    {"NUCLEO-F767ZI", "Cortex-M7", "LeNet-5", "float32", "-Ofast", {19.5965, 19.9672}},
    {"NUCLEO-F767ZI", "Cortex-M7", "LeNet-5", "float32", "-Os", {42.0655, 41.4395}},
    {"NUCLEO-F767ZI", "Cortex-M7", "LeNet-5", "int8", "-Ofast", {17.888, 8.04553}},
    {"NUCLEO-F767ZI", "Cortex-M7", "LeNet-5", "int8", "-Os", {45.2201, 9.41087}},
    {"NUCLEO-F767ZI", "Cortex-M7", "ResNet-20", "float32", "-Ofast", {1613.54, 1613.4}},
    {"NUCLEO-F767ZI", "Cortex-M7", "ResNet-20", "float32", "-Os", {6053.59, 6053.54}},
    {"NUCLEO-F767ZI", "Cortex-M7", "ResNet-20", "int8", "-Ofast", {1119.75, 449.302}},
    {"NUCLEO-F767ZI", "Cortex-M7", "ResNet-20", "int8", "-Os", {6225.57, 629.71}},
};

}  // namespace

Records heimRecords() {
    Records records;
    for (const HeimRow& row : kHeimRows)
        for (size_t i = 0; i < row.ms.size(); ++i) {
            Record record;
            record.board = row.board;
            record.core = row.core;
            record.model = row.model;
            record.setup = {{"kernels", i == 0 ? "reference" : "CMSIS-NN"},
                            {"numbers", row.numbers},
                            {"compiler flags", row.flags}};
            record.source = kHeimSource;
            record.latencyUs = row.ms[i] * 1e3;
            records.push_back(std::move(record));
        }
    return records;
}

}  // namespace studies
