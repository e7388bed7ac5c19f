// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>
#include <QTextStream>
#include <QTimer>

#include "app/appearance.h"
#include "app/duty_settings.h"
#include "app/explorer.h"
#include "app/main_window.h"
#include "app/pages.h"
#include "app/resource_dir.h"
#include "app/screenshot.h"
#include "cost/device_file.h"

namespace {

constexpr const char* kFirstModel = "models/digits_dscnn.tflite";
/// The reference board of MLPerf Tiny; later the last chosen board.
constexpr const char* kFirstBoard = "nucleo-l4r5zi";
constexpr int kWrongUsage = 2;

void describe(QCommandLineParser& parser) {
    parser.setApplicationDescription("Fits neural networks onto microcontrollers.");
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        "model", "the .tflite, .onnx or .netcaliper file to open; without one a bundled model",
        "[MODEL]");
    parser.addOptions({
        {"page", "show " + app::pageNames() + " first", "name"},
        {"board", "choose a board by its id (netcaliper-cli devices lists them)", "id"},
        {"width", "start with this width; several, with commas, are tried one after another",
         "list"},
        {"layer", "pick this layer", "number"},
        {"palette", "colours for this session: system, light or dark", "name"},
        {"size", "size of the window in pixels, such as 1280x800", "WxH"},
        {"screenshot", "save a picture of the window as PNG and quit", "file"},
    });
}

/// Prints help or version and ends the program: for them, no display is needed.
void answerWithoutWindow(QCommandLineParser& options, int argc, char** argv) {
    QStringList words;
    for (int i = 0; i < argc; ++i)
        words << QString::fromLocal8Bit(argv[i]);
    if (!options.parse(words) || (!options.isSet("help") && !options.isSet("version"))) return;
    const QCoreApplication application(argc, argv);
    options.process(application);
}

int refuse(const QString& what) {
    QTextStream(stderr) << "error: " << what << ": see netcaliper --help\n";
    return kWrongUsage;
}

QSize sizeFrom(const QString& text) {
    const QStringList parts = text.split('x');
    return parts.size() == 2 ? QSize(parts[0].toInt(), parts[1].toInt()) : QSize();
}

std::vector<double> widthsFrom(const QString& text) {
    std::vector<double> widths;
    for (const QString& part : text.split(',', Qt::SkipEmptyParts))
        widths.push_back(part.toDouble());
    return widths;
}

/// Applies the widths one after another, each once the previous one is evaluated.
void tryWidths(app::Explorer& explorer, std::vector<double> widths) {
    if (widths.empty()) return;
    auto* follow = new QObject(&explorer);
    const auto next = [&explorer, follow, widths, at = size_t{0}]() mutable {
        if (!explorer.isUpToDate()) return;
        if (at == widths.size()) return follow->deleteLater();
        types::Variation variation;
        variation.width = widths[at++];
        QTimer::singleShot(0, &explorer, [&explorer, variation] {
            explorer.editVariation(variation);
            explorer.finishEdit();
        });
    };
    QObject::connect(&explorer.feed(), &views::EvaluationFeed::evaluated, follow, next);
}

/// Returns an empty text for valid options, else what is wrong with them.
QString applyOptions(const QCommandLineParser& options, app::Explorer& explorer,
                     app::MainWindow& window) {
    if (options.isSet("page") && !window.showPage(options.value("page")))
        return "unknown page " + options.value("page");
    if (options.isSet("size")) {
        const QSize size = sizeFrom(options.value("size"));
        if (size.width() < 1 || size.height() < 1) return "bad size " + options.value("size");
        window.resize(size);
    }
    if (options.isSet("board") && !explorer.setFirstDevice(options.value("board")))
        return "unknown board " + options.value("board");
    const QStringList palettes{"", "system", "light", "dark"};
    if (!palettes.contains(options.value("palette")))
        return "unknown palette " + options.value("palette");
    const auto widths = widthsFrom(options.value("width"));
    for (double width : widths)
        if (!(width > 0 && width <= 1)) return "width must be above 0 and at most 1";
    tryWidths(explorer, widths);
    if (options.isSet("layer")) {
        const int layer = options.value("layer").toInt();
        QObject::connect(&explorer, &app::Explorer::modelOpened, &explorer,
                         [&explorer, layer] { explorer.selection().setLayer(layer); });
    }
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    QApplication::setAttribute(Qt::AA_EnableHighDpiScaling);
    QApplication::setAttribute(Qt::AA_UseHighDpiPixmaps);
    QApplication::setOrganizationName("Netcaliper");
    QApplication::setApplicationName("netcaliper");
    QApplication::setApplicationVersion(NETCALIPER_VERSION);
    QCommandLineParser options;
    describe(options);
    answerWithoutWindow(options, argc, argv);
    QApplication application(argc, argv);
    options.process(application);
    if (options.positionalArguments().size() > 1) return refuse("one model at a time");

    app::rememberSystemAppearance();
    const QString remembered = QSettings().value("appearance").toString();
    app::applyAppearance(
        app::appearanceFrom(options.isSet("palette") ? options.value("palette") : remembered));

    const std::filesystem::path resources = app::resourceDirectory();
    auto devices = cost::readDevices(resources / "devices");
    app::Explorer explorer(devices ? *devices : std::vector<types::DevicePtr>());
    explorer.setFirstDevice(QSettings().value("board", kFirstBoard).toString());
    explorer.setDuty(app::rememberedDuty());
    app::MainWindow window(explorer);
    if (!devices) window.addMessage(QString::fromStdString(devices.error().message()));
    const QString problem = applyOptions(options, explorer, window);
    if (!problem.isEmpty()) return refuse(problem);

    const QString bundled = QString::fromStdString((resources / kFirstModel).string());
    explorer.openModel(options.positionalArguments().value(0, bundled));
    if (options.isSet("screenshot"))
        app::saveWhenReady(window, explorer, options.value("screenshot"));
    else
        window.lookForLeftWork();
    window.show();
    return QApplication::exec();
}
