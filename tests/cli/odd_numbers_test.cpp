// SPDX-License-Identifier: GPL-3.0-or-later
// Invalid numbers and paths: reported as given or refused in one line, never a crash.

#include "run_cli.h"

namespace {

using terminal::json;
using terminal::Ran;

/// A .npy file of 64-bit integers.
void writeNpy(const std::filesystem::path& file, const std::string& shape,
              const std::vector<int64_t>& values) {
    std::string header = "{'descr': '<i8', 'fortran_order': False, 'shape': (" + shape + "), }";
    header.resize(117, ' ');
    std::ofstream stream(file, std::ios::binary);
    stream << "\x93NUMPY\x01" << '\0' << '\x76' << '\0' << header << '\n';
    stream.write(reinterpret_cast<const char*>(values.data()),
                 static_cast<std::streamsize>(values.size() * sizeof(int64_t)));
}

TEST(OddNumbers, WholeNumbersOf64BitsAreShownExactly) {
    const support::TemporaryDir dir;
    const std::vector<int64_t> values = {
        INT64_MAX, INT64_MIN, INT64_MAX - 1, 16'777'217, -1, 0, 1, 2, 3, 4};
    std::string arguments =
        "run " NETCALIPER_SOURCE_DIR "/tests/golden/models/pack_int64_01.tflite";
    writeNpy(dir / "in.npy", "2, 5", values);
    for (int input = 0; input < 3; ++input)
        arguments += " --input " + (dir / "in.npy").string();
    const json output = terminal::runJson(arguments)["outputs"][0]["values"];
    ASSERT_EQ(output.size(), 30u);  // packed along the innermost axis
    for (size_t i = 0; i < output.size(); ++i)
        EXPECT_EQ(output[i].get<int64_t>(), values[i / 3]) << i;
}

TEST(OddNumbers, ADirectoryThatCannotBeMadeIsAnError) {
    const support::TemporaryDir dir;
    std::ofstream(dir / "file") << "no directory";
    const Ran ran = terminal::run("run " + terminal::bundled("kws_dscnn_int8.tflite") + " --dump " +
                                  (dir / "file").string() + "/below");
    EXPECT_EQ(ran.status, 1);
    EXPECT_NE(ran.err.find("cannot make the directory"), std::string::npos) << ran.err;
}

TEST(OddNumbers, HugeOnesAreCompared) {
    const support::TemporaryDir dir;
    const std::string database = " --db " + (dir / "p.netcaliper").string();
    for (const auto& [name, level] : {std::pair{"a", 1e80}, {"b", 2e80}}) {
        json whole = {{"key", "whole"}, {"quantity", "latency_us"}, {"samples", json::array()}};
        for (int i = 0; i < 12; ++i)
            whole["samples"].push_back(level * (1 + 0.001 * i));
        const json arena = {{"key", "arena"}, {"quantity", "bytes"}, {"samples", {level}}};
        const auto file = dir / (std::string(name) + ".json");
        std::ofstream(file) << json{{"schema", "netcaliper-session"},
                                    {"version", 1},
                                    {"name", name},
                                    {"measurements", {whole, arena}}};
        ASSERT_EQ(terminal::run("import " + file.string() + " --session " + name + database).status,
                  0);
    }
    const Ran ran = terminal::run("compare a b" + database);
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_NE(ran.out.find("arena       1e+80"), std::string::npos) << ran.out;
    EXPECT_TRUE(terminal::runJson("compare a b" + database)["total"]["significant"].get<bool>());
}

}  // namespace
