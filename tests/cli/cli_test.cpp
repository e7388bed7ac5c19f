// SPDX-License-Identifier: GPL-3.0-or-later
// The command line from a user's view: runs the program and reads its output and exit status.

#include "run_cli.h"
#include "support/golden.h"
#include "support/model_files.h"

namespace {

using terminal::contentOf;
using terminal::json;
using terminal::Ran;

Ran cli(const std::string& arguments) {
    return terminal::run(arguments);
}
json cliJson(const std::string& arguments) {
    return terminal::runJson(arguments);
}

const std::string kKeywordModel = terminal::bundled("kws_dscnn_int8.tflite");

TEST(Cli, InspectCountsTheKeywordModel) {
    const json result = cliJson("inspect " + kKeywordModel);
    EXPECT_EQ(result["totals"]["macs"], 2656768);
    int64_t macs = 0, params = 0;
    for (const json& layer : result["layers"]) {
        macs += layer["macs"].get<int64_t>();
        params += layer["params"].get<int64_t>();
    }
    EXPECT_EQ(result["totals"]["macs"], macs);
    EXPECT_EQ(result["totals"]["params"], params);
    EXPECT_EQ(result["totals"]["flash_bytes"], std::filesystem::file_size(kKeywordModel));
    EXPECT_EQ(result["model"]["inputs"][0]["shape"], json({1, 49, 10, 1}));
}

TEST(Cli, RunIsRepeatableAndSeeded) {
    const json one = cliJson("run " + kKeywordModel + " --input-seed 1");
    const json again = cliJson("run " + kKeywordModel + " --input-seed 1");
    const json other = cliJson("run " + kKeywordModel + " --input-seed 2");
    EXPECT_EQ(one["outputs"], again["outputs"]);
    EXPECT_NE(one["layers"][0]["outputs"], other["layers"][0]["outputs"]);
    EXPECT_EQ(one["outputs"][0]["values"].size(), 12u);
}

TEST(Cli, RunTakesWhatItDumps) {
    const support::TemporaryDir dir;
    cliJson("run " + kKeywordModel + " --dump " + (dir / "d").string());
    const json inspected = cliJson("inspect " + kKeywordModel);
    const int tensor = inspected["model"]["outputs"][0]["tensor"];
    EXPECT_TRUE(std::filesystem::exists(dir / "d" / ("T" + std::to_string(tensor) + ".npy")));
}

TEST(Cli, VaryWritesAModelThatIsSmallerAndRuns) {
    const support::TemporaryDir dir;
    const std::string half = (dir / "half.tflite").string();
    const json varied = cliJson("vary " + kKeywordModel + " --width 0.5 -o " + half);
    const json inspected = cliJson("inspect " + half);
    EXPECT_LT(inspected["totals"]["macs"], 2656768 / 2);
    for (const char* key : {"macs", "params", "flash_bytes", "arena_bytes"})
        EXPECT_EQ(varied[key], inspected["totals"][key]) << key;
    EXPECT_EQ(cli("run " + half).status, 0);
}

TEST(Cli, WidthOneWritesTheVeryFile) {
    const support::TemporaryDir dir;
    const std::string same = (dir / "same.tflite").string();
    cliJson("vary " + kKeywordModel + " --width 1 -o " + same);
    EXPECT_EQ(contentOf(same), contentOf(kKeywordModel));
}

TEST(Cli, EvaluateSumsItsLayersAndSaysWhetherItFits) {
    const json result =
        cliJson("evaluate " + kKeywordModel + " --width 0.5 --device nucleo-f446re");
    double latency = 0;
    for (const json& layer : result["layers"])
        latency += layer["latency_us"].get<double>();
    EXPECT_NEAR(result["totals"]["latency_us"].get<double>(), latency, 1e-6 * latency);
    EXPECT_LE(result["totals"]["latency_low_us"], result["totals"]["latency_us"]);
    EXPECT_GE(result["totals"]["latency_high_us"], result["totals"]["latency_us"]);
    int64_t used = 0;
    for (const json& line : result["fits"]["sram"]["lines"])
        used += line["bytes"].get<int64_t>();
    EXPECT_EQ(result["fits"]["sram"]["used_bytes"], used);
    EXPECT_EQ(result["fits"]["sram"]["fits"], used <= 128 * 1024);
}

TEST(Cli, PredictAgreesWithEvaluate) {
    const json predicted = cliJson("predict " + kKeywordModel + " --device nucleo-f767zi");
    const json evaluated = cliJson("evaluate " + kKeywordModel + " --device nucleo-f767zi");
    EXPECT_EQ(predicted["latency_us"], evaluated["totals"]["latency_us"]);
    EXPECT_EQ(predicted["energy_uj"], evaluated["totals"]["energy_uj"]);
}

TEST(Cli, PredictTellsWhatADutyCycleCosts) {
    const std::string command =
        "predict " + kKeywordModel + " --period-ms 1000 --sleep-mw 0.1 --battery-mwh 675 --device ";
    const json duty = cliJson(command + "nucleo-f767zi")["duty"];
    const double power = duty["average_power_mw"], hours = duty["battery_hours"];
    EXPECT_NEAR(hours * power, 675, 1e-6);
    EXPECT_LE(duty["battery_band_hours"]["low"], hours);
    EXPECT_LE(duty["average_power_band_mw"]["low"], power);
    EXPECT_TRUE(duty["keeps_up"]);
    // A board without a power figure still reports how long it is busy.
    const json timed = cliJson(command + "emulated-m4")["duty"];
    EXPECT_TRUE(timed["average_power_mw"].is_null());
    EXPECT_GT(timed["active_share"], 0);
}

TEST(Cli, PlanReachesAtLeastItsBound) {
    const json plan = cliJson("plan " + kKeywordModel + " --planner greedy");
    EXPECT_GE(plan["arena_bytes"], plan["lower_bound_bytes"]);
    EXPECT_EQ(plan["tflm"]["host64"]["nonpersistent_bytes"], plan["arena_bytes"]);
}

TEST(Cli, PlansInPlaceForOurOwnRuntime) {
    const std::string model = terminal::bundled("ic_resnet8_int8.tflite");
    const json apart = cliJson("plan " + model + " --planner best");
    const json plan = cliJson("plan " + model + " --planner best --in-place");
    EXPECT_LE(plan["arena_bytes"], apart["arena_bytes"]);
    EXPECT_EQ(plan["tflm"], apart["tflm"]);
    std::map<int, json> byTensor;
    for (const json& buffer : plan["buffers"])
        if (!buffer["tensor"].is_null()) byTensor[buffer["tensor"]] = buffer;
    int shared = 0;
    for (const auto& [tensor, buffer] : byTensor) {
        if (buffer["overwrites"].is_null()) continue;
        const json& given = byTensor[buffer["overwrites"]];
        EXPECT_EQ(buffer["offset"], given["offset"]);
        EXPECT_EQ(buffer["first_op"], given["last_op"]);
        ++shared;
    }
    EXPECT_GE(shared, 3);
    EXPECT_EQ(cli("plan " + model + " --in-place").status, 2);
}

TEST(Cli, DevicesFindTheSmallestChange) {
    const support::TemporaryDir dir;
    const std::string model = terminal::bundled("kws_dscnn_float32.tflite");
    const std::string file = (dir / "fits.tflite").string();
    const std::string reserve = " --reserve-flash \"other code=400000\"";
    const json found =
        cliJson("devices " + model + " --device nucleo-f446re --runtime tflm -o " + file + reserve);
    const json& change = found["runtimes"][0]["changes"][0];
    EXPECT_TRUE(change["flash"]["fits"]);
    EXPECT_TRUE(change["sram"]["fits"]);
    EXPECT_EQ(change["variation"]["quantize"]["precision"], "int8");
    const json written = cliJson("evaluate " + file + " --device nucleo-f446re" + reserve);
    EXPECT_EQ(written["fits"]["flash"]["used_bytes"], change["flash"]["used_bytes"]);
    EXPECT_EQ(written["fits"]["sram"]["used_bytes"], change["sram"]["used_bytes"]);
    EXPECT_EQ(cli("devices --device nucleo-f446re -o x.tflite").status, 2);
    EXPECT_EQ(cli("devices " + model + " --reserve-sram stack").status, 2);
}

TEST(Cli, ReservedLinesChangeTheBudget) {
    const std::string run = "evaluate " + kKeywordModel + " --device nucleo-f446re";
    const json before = cliJson(run)["fits"]["sram"];
    const json after = cliJson(
        run + " --reserve-sram \"RTOS=1000\" --reserve-sram \"TFLM runtime=0\"")["fits"]["sram"];
    EXPECT_EQ(after["used_bytes"].get<int>(), before["used_bytes"].get<int>() + 1000 - 4096);
}

TEST(Cli, DevicesHaveWhatTheContractNames) {
    const json result = cliJson("devices");
    EXPECT_GE(result["devices"].size(), 4u);
    for (const json& device : result["devices"])
        for (const char* key :
             {"id", "name", "core", "clock_mhz", "flash_bytes", "sram_bytes", "source"})
            EXPECT_TRUE(device.contains(key)) << key;
}

/// What ten layers would give is said, not computed as 0.
TEST(Cli, ABoardWithoutPublishedLayersShowsItsMemoryAndTheLayersToMeasure) {
    const json board = cliJson("devices --device raspberry-pi-pico");
    EXPECT_EQ(board["latency"]["basis"], "none");
    EXPECT_EQ(board["latency"]["layers"], 0);
    EXPECT_FALSE(board["latency"]["ten_layers"].get<std::string>().empty());
    EXPECT_EQ(board["optimised_kernels"], "CMSIS-NN");
    ASSERT_EQ(board["regions"].size(), 4u);
    EXPECT_EQ(board["regions"][0]["bytes"], 262144);
    EXPECT_EQ(board["regions"][3]["use"], "flash");
    for (const json& region : board["regions"])
        EXPECT_FALSE(region["source"].get<std::string>().empty());
    ASSERT_EQ(board["measure_first"].size(), 10u);
    EXPECT_LT(board["measure_first"][9]["expected_error_percent"].get<double>(),
              board["measure_first"][0]["expected_error_percent"].get<double>());
    const std::string text = cli("devices --device raspberry-pi-pico").out;
    for (const char* part : {"no published layers", "SRAM0 to SRAM3", "RP2040 Datasheet"})
        EXPECT_NE(text.find(part), std::string::npos) << part << " in " << text;
}

TEST(Cli, AnUnknownLatencyIsNullWithItsReason) {
    const std::string onBoard = kKeywordModel + " --device raspberry-pi-pico";
    for (const json& result :
         {cliJson("predict " + onBoard), cliJson("evaluate " + onBoard)["totals"]}) {
        EXPECT_TRUE(result["latency_us"].is_null());
        EXPECT_TRUE(result["energy_uj"].is_null());
        for (const char* key : {"latency_us_reason", "energy_uj_reason"})
            EXPECT_NE(result[key].get<std::string>().find("no published layers"),
                      std::string::npos);
    }
    const json matched = cliJson("devices " + kKeywordModel);
    EXPECT_GE(matched["devices"].size(), 50u);
    for (const json& device : matched["devices"]) {
        EXPECT_EQ(device["latency_us"].is_null(), device.contains("latency_us_reason"))
            << device["id"];
        if (device["latency"]["basis"] == "none") {
            EXPECT_TRUE(device["latency_us"].is_null());
        }
    }
}

TEST(Cli, ProfilesOfOneBoardNameTheReleasesOfTheirRuntime) {
    std::map<std::string, json> found;
    const json listed = cliJson("devices");
    for (const json& device : listed["devices"])
        found[device["id"]] = device;
    EXPECT_EQ(found["nucleo-u575zi-q"]["runtime_version"], "7.3.0");
    EXPECT_EQ(found["nucleo-u575zi-q-xcubeai-10"]["runtime_version"], "10.2");
    EXPECT_EQ(found["nucleo-u575zi-q-xcubeai-10"]["vendor"], "STMicroelectronics");
}

TEST(Cli, ExportWritesEveryFormat) {
    const support::TemporaryDir dir;
    const auto exported = [&](const std::string& format, const std::string& name) {
        const json result = cliJson("export " + kKeywordModel + " --format " + format + " -o " +
                                    (dir / name).string());
        for (const json& file : result["files"])
            EXPECT_TRUE(std::filesystem::exists(file.get<std::string>()));
        return result["files"].size();
    };
    EXPECT_EQ(exported("tflite", "a.tflite"), 1u);
    EXPECT_EQ(exported("csv", "a.csv"), 1u);
    EXPECT_EQ(exported("c-array", "a.cc"), 2u);
}

TEST(Cli, BadInputGivesOneLineAndStatusOne) {
    const support::TemporaryDir dir;
    std::ofstream(dir / "bad.tflite") << "this is no model at all";
    for (const char* command : {"inspect", "run", "plan"}) {
        const Ran ran = cli(std::string(command) + " " + (dir / "bad.tflite").string());
        EXPECT_EQ(ran.status, 1);
        EXPECT_TRUE(ran.err.starts_with("error: ")) << ran.err;
        EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
        EXPECT_TRUE(ran.out.empty());
    }
}

TEST(Cli, WrongUsageGivesStatusTwo) {
    EXPECT_EQ(cli("").status, 2);
    EXPECT_EQ(cli("frobnicate").status, 2);
    EXPECT_EQ(cli("inspect").status, 2);
    EXPECT_EQ(cli("vary x.tflite --width 7 -o y").status, 2);
    EXPECT_EQ(cli("--help").status, 0);
    EXPECT_EQ(cli("--version").status, 0);
}

TEST(Cli, ASignatureIsChosenByItsName) {
    const std::string path = support::modelFile("two_signatures").string();
    EXPECT_EQ(cliJson("inspect " + path)["model"]["signatures"].size(), 2u);
    const json second = cliJson("inspect " + path + " --signature 'subgraph 1'");
    EXPECT_EQ(second["model"]["inputs"][0]["shape"], json({8, 16}));
    EXPECT_EQ(cliJson("run " + path + " --signature 'subgraph 1'")["outputs"][0]["shape"],
              json({8, 4}));
    const Ran missing = cli("run " + path + " --signature decode");
    EXPECT_EQ(missing.status, 1);
    EXPECT_NE(missing.err.find("choose 'subgraph 0', 'subgraph 1'"), std::string::npos)
        << missing.err;
}

TEST(Cli, Float16ModelsRunQuantizeAndExport) {
    const support::TemporaryDir dir;
    const std::string path = support::modelFile("float16_weights").string();
    const json outputs = cliJson("run " + path)["outputs"];
    const std::string floats = (dir / "float.tflite").string();
    const json varied = cliJson("vary " + path + " --quantize float32 -o " + floats);
    EXPECT_TRUE(varied["runnable"].get<bool>());
    EXPECT_EQ(cliJson("run " + floats)["outputs"][0]["crc32"], outputs[0]["crc32"]);
    EXPECT_EQ(cli("vary " + path + " --quantize int8 -o " + (dir / "i.tflite").string()).status,
              0);
    EXPECT_EQ(
        cli("export " + path + " --format c-library -o " + (dir / "library").string()).status, 0);
}

TEST(Cli, PlaceholderShapesAreComputed) {
    const json result = cliJson("run " + support::modelFile("reshape_dynamic").string());
    EXPECT_EQ(result["outputs"][0]["shape"], json({1, 4}));
    EXPECT_NEAR(result["outputs"][0]["values"][0].get<double>(), 4.2254, 1e-4);
}

TEST(Cli, ModelsThatCannotRunOpenAndSayWhy) {
    SKIP_WITHOUT_SHARED();
    for (const char* name : {"support_dilated_conv"}) {
        const std::string path =
            (*support::sharedDir() / "models" / (std::string(name) + ".tflite")).string();
        const json result = cliJson("inspect " + path);
        EXPECT_FALSE(result["model"]["runnable"].get<bool>()) << name;
        EXPECT_FALSE(result["model"]["not_runnable_reason"].get<std::string>().empty());
        EXPECT_EQ(cli("run " + path).status, 1);
    }
}

}  // namespace
