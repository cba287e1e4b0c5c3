@echo off
rem Starts the command line with the runtime that comes with it. Flags for the JVM go into JDK_JAVA_OPTIONS; jars that add
rem layers, optimizers and so on into QUADRIC_EXTENSIONS, separated by semicolons.
setlocal
set "home=%~dp0.."
set "modules=%home%\lib"
if defined QUADRIC_EXTENSIONS set "modules=%modules%;%QUADRIC_EXTENSIONS%"
"%home%\runtime\bin\java" -p "%modules%" -m io.quadric.engine/io.quadric.engine.cli.Main %*
