// SPDX-License-Identifier: GPL-3.0-or-later
// Which measurements may be compared with which profile, as published tables and our runners name
// their conditions.
#include "cost/fit/comparable.h"

#include <gtest/gtest.h>

#include "types/target.h"

namespace {

using types::Conditions;
using types::MeasurementSource;

types::DeviceProfile nucleo() {
    types::DeviceProfile device;
    device.id = "nucleo-l496zg-ref";
    device.name = "NUCLEO-L496ZG (reference kernels)";
    device.soc = "STM32L496ZG";
    device.core = "Cortex-M4";
    device.runtime = "TFLM reference kernels";
    device.clockMhz = 80;
    return device;
}

types::DeviceProfile emulator(const std::string& runtime) {
    types::DeviceProfile device = nucleo();
    device.id = "emulated-m4";
    device.name = "Emulated Cortex-M4";
    device.soc = "none";
    device.runtime = runtime;
    device.clockMhz = 25;
    return device;
}

std::string why(const Conditions& conditions, const types::DeviceProfile& device,
                bool isCounted = false) {
    return cost::whyNotComparable(conditions, isCounted, device);
}

TEST(Comparable, WhatIsNotStatedDiffersFromNothing) {
    EXPECT_EQ(why({}, nucleo()), "");
    EXPECT_EQ(why({}, emulator("TFLM + CMSIS-NN"), true), "");
    EXPECT_FALSE(cost::namesBoard({}, nucleo()));
}

TEST(Comparable, ABoardIsKnownByItsNameAndItsChip) {
    for (const char* board :
         {"NUCLEO-L496ZG", "STM32L496 (NUCLEO-L496ZG)", "nucleo_l496zg", "STM32L496ZG"}) {
        Conditions conditions;
        conditions.board = board;
        EXPECT_EQ(why(conditions, nucleo()), "") << board;
        EXPECT_TRUE(cost::namesBoard(conditions, nucleo())) << board;
    }
    Conditions other;
    other.board = "NUCLEO-F767ZI";
    EXPECT_EQ(why(other, nucleo()), "measured on NUCLEO-F767ZI");
    EXPECT_EQ(why(other, emulator("TFLM + CMSIS-NN")), "measured on NUCLEO-F767ZI");
}

TEST(Comparable, CoresAreComparedHoweverTheyAreWritten) {
    for (const char* core : {"m4", "Cortex-M4", "cortex-m4f", "Cortex-M4 (FPU)"}) {
        Conditions conditions;
        conditions.core = core;
        EXPECT_EQ(why(conditions, nucleo()), "") << core;
    }
    for (const char* core : {"m7", "Cortex-M0+", "m44", "Xtensa LX6"}) {
        Conditions conditions;
        conditions.core = core;
        EXPECT_EQ(why(conditions, nucleo()), std::string("measured on core ") + core);
    }
}

TEST(Comparable, KernelsAndClockMustAgree) {
    Conditions conditions;
    for (const char* kernels : {"none", "ref", "reference"}) {
        conditions.kernels = kernels;
        EXPECT_EQ(why(conditions, nucleo()), "") << kernels;
        EXPECT_EQ(why(conditions, emulator("TFLM + CMSIS-NN"), true),
                  "measured with reference kernels");
    }
    conditions.kernels = "TFLM+CMSIS-NN";
    EXPECT_EQ(why(conditions, nucleo()), "measured with CMSIS-NN");
    EXPECT_EQ(why(conditions, emulator("TFLM + CMSIS-NN"), true), "");
    conditions.kernels.clear();
    conditions.clockMhz = 120;
    EXPECT_EQ(why(conditions, nucleo()), "measured at 120 MHz");
    EXPECT_EQ(why(conditions, emulator("TFLM + CMSIS-NN"), true), "");
}

TEST(Comparable, OurRuntimeIsNotTflm) {
    Conditions own;
    own.source = MeasurementSource::Emulator;
    own.board = "mps2-an386";
    own.core = "Cortex-M4";
    own.runtime = types::kNetcaliperRuntime;
    own.kernels = "DSP";
    EXPECT_EQ(why(own, emulator("Netcaliper"), true), "");
    EXPECT_TRUE(cost::namesBoard(own, emulator("Netcaliper")));
    EXPECT_EQ(why(own, emulator("TFLM + CMSIS-NN"), true), "measured with Netcaliper");
    own.kernels = "reference";
    EXPECT_EQ(why(own, emulator("Netcaliper"), true), "measured with reference kernels");
}

TEST(Comparable, CountsAndComputersAreNotTheBoard) {
    EXPECT_EQ(why({}, nucleo(), true), "counted by an emulator");
    Conditions host;
    host.source = MeasurementSource::Host;
    EXPECT_EQ(why(host, nucleo()), "measured on a computer");
    EXPECT_EQ(why(host, emulator("Netcaliper")), "measured on a computer");
}

}  // namespace
